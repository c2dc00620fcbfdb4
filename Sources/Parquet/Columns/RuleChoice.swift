/// Which cells a column's values become, by its type and, where that leaves it open, by the bounds of its values.
struct RuleChoice {
  /// The rule; nil for a column that is not read.
  private(set) var rule: CellRule?
  /// Why it is not read, or why it is text.
  private(set) var reason: Reason?

  enum Reason: Hashable {
    /// It holds what is no cell: of what kind.
    case holds(String)
    case bytes
    /// Whole numbers that 64 bits do not hold, or may not.
    case large
    /// Decimals that a float does not hold, or may not.
    case exact
  }

  /// Decimals of so many digits are told apart by doubles, and by whole numbers of 64 bits.
  private static let (floatDigits, intDigits) = (15, 18)
  /// Powers of ten up to this are doubles.
  private static let exactPower = 22
  private static let longestDecimal = 32

  private let leaf: SchemaColumns.Leaf
  /// Whether texts are asked for.
  private let asText: Bool
  private let bounds: () -> ValueBounds?

  /// `bounds` gives those of all values, where they are known.
  init(_ leaf: SchemaColumns.Leaf, asText: Bool, bounds: @escaping () -> ValueBounds?) {
    self.leaf = leaf
    self.asText = asText
    self.bounds = bounds
    switch leaf.node.physical {
    case .boolean: take(.bool)
    case .int32: chooseInt32()
    case .int64: chooseInt64()
    case .int96: take(.datetime(.int96))
    case .float: take(.float(.float32))
    case .double: take(.float(.float64))
    case .byteArray: chooseBytes(length: nil)
    case .fixedLengthByteArray: chooseBytes(length: leaf.node.length)
    case nil: refuse("a group")
    }
    if leaf.node.logical == .null { take(.nothing) }
  }

  private mutating func take(_ rule: CellRule, because reason: Reason? = nil) {
    (self.rule, self.reason) = (rule, reason)
  }

  private mutating func refuse(_ what: String) { (rule, reason) = (nil, .holds(what)) }

  private mutating func chooseInt32() {
    switch leaf.node.logical {
    case nil: take(.int(.int32))
    case .integer(_, let isSigned): take(.int(isSigned ? .int32 : .uint32))
    case .date: take(.date)
    case .time(.milliseconds): take(.text(.time(.milliseconds)))
    case .decimal(let scale, let precision): chooseDecimal(.int32, scale: scale, precision: precision)
    case let other?: refuse(other.words)
    }
  }

  private mutating func chooseInt64() {
    switch leaf.node.logical {
    case nil, .integer(_, isSigned: true): take(.int(.int64))
    case .integer(_, isSigned: false):
      if asText { return take(.text(.uint64)) }
      let fits = bounds()?.fits(Int64.self) ?? false
      if fits { take(.int(.uint64)) } else { take(.text(.uint64), because: .large) }
    case .timestamp(let unit, _): take(.datetime(.counts(unit)))
    case .time(let unit) where unit != .milliseconds: take(.text(.time(unit)))
    case .decimal(let scale, let precision): chooseDecimal(.int64, scale: scale, precision: precision)
    case let other?: refuse(other.words)
    }
  }

  private mutating func chooseBytes(length: Int?) {
    if let length, length <= 0 { return refuse("values of \(length) bytes") }
    switch leaf.node.logical {
    case .string, .enumeration, .json: take(.text(.utf8(length: length)))
    case .uuid where length == 16: take(.text(.uuid))
    case .float16 where length == 2: take(.float(.float16))
    case .decimal(let scale, let precision):
      chooseDecimal(.bytes(length: length), scale: scale, precision: precision)
    case nil where asText: take(.text(.utf8(length: length)))
    case nil: (rule, reason) = (nil, .bytes)
    case let other?: refuse(other.words)
    }
  }

  private mutating func chooseDecimal(_ layout: DecimalLayout, scale: Int, precision: Int) {
    let longest = layout.width ?? 0
    guard precision > 0, scale >= 0, scale <= precision, precision <= 77, longest <= Self.longestDecimal else {
      return refuse("decimals of \(precision) digits and scale \(scale)")
    }
    let text = TextRule.decimal(layout, scale: scale)
    if asText { return take(.text(text)) }
    if scale == 0 {
      if precision <= Self.intDigits || (bounds().map { $0.fits(Int64.self) } ?? false) {
        return take(.int(layout.ints))
      }
      return take(.text(text), because: .large)
    }
    let isExact = precision <= Self.floatDigits || (bounds().map { $0.isBelow(digits: Self.floatDigits) } ?? false)
    guard isExact, scale <= Self.exactPower else { return take(.text(text), because: .exact) }
    take(.float(layout.floats(scale)))
  }
}

extension DecimalLayout {
  /// As whole numbers.
  fileprivate var ints: IntRule {
    switch self {
    case .int32: .int32
    case .int64: .int64
    case .bytes(let length): .bytes(length: length)
    }
  }

  fileprivate func floats(_ scale: Int) -> FloatRule {
    switch self {
    case .int32: .decimal32(scale: scale)
    case .int64: .decimal64(scale: scale)
    case .bytes(let length): .decimalBytes(length: length, scale: scale)
    }
  }
}

extension LogicalType {
  var isUnsigned: Bool { if case .integer(_, isSigned: false) = self { true } else { false } }

  /// What a column of a type that is not read holds.
  var words: String {
    switch self {
    case .map: "maps"
    case .list: "lists"
    case .bson: "BSON"
    case .interval: "intervals"
    case .other(let name): name
    case .string, .enumeration, .json, .uuid, .float16, .decimal, .date, .time, .timestamp, .integer, .null:
      "a logical type that does not suit its values"
    }
  }
}
