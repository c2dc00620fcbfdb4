/// What a text is as a number.
struct NumberText {
  enum Kind: UInt8 {
    case none, int, float
    /// Digits only, beyond 64 bits.
    case big
    /// `inf`, `-inf`, `infinity` in any case, and what is too large for a double. No table holds it.
    case infinite
  }

  let kind: Kind
  /// An int's bits, or a double's for the other kinds.
  let bits: UInt64

  @inline(__always) init(_ kind: Kind, _ bits: UInt64 = 0) {
    self.kind = kind
    self.bits = bits
  }

  /// The value as an int: `1.0` is one where ints are asked for, but from 2^53 on the digits that were written are no longer known.
  var whole: Int64? {
    switch kind {
    case .int: Int64(bitPattern: bits)
    case .float: abs(double) < 0x1p53 ? Int64(exactly: double) : nil
    case .none, .big, .infinite: nil
    }
  }

  /// The value as a double.
  @inline(__always) var double: Double {
    kind == .int ? Double(Int64(bitPattern: bits)) : Double(bitPattern: bits)
  }
}

/// Reads numbers from bytes. Holds the address of the powers of ten, so that the inner loop touches no lazy global.
struct NumberReader: @unchecked Sendable {
  let tens: UnsafePointer<Double>

  static let shared = NumberReader()

  private init() { tens = Self.copy(DecimalNumber.exactTens) }

  /// A copy that lives as long as the process.
  static func copy<Element: BitwiseCopyable>(_ table: [Element]) -> UnsafePointer<Element> {
    let target = UnsafeMutablePointer<Element>.allocate(capacity: max(1, table.count))
    target.initialize(from: table, count: table.count)
    return UnsafePointer(target)
  }

  /// The number that `p[start ..< end]` writes.
  ///
  /// `lenient`, for a column whose type was stated, also takes a leading `+` and leading zeros: without it `007` and
  /// `+47…` are no numbers, because they are far more often codes and telephone numbers.
  @inline(__always)
  func read(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool) -> NumberText {
    var at = start
    guard at < end else { return NumberText(.none) }
    let isNegative = p[at] == 0x2D
    if isNegative || (lenient && p[at] == 0x2B) { at &+= 1 }
    let first = at
    var significand: UInt64 = 0
    while at < end {
      let digit = p[at] &- 0x30
      if digit > 9 { break }
      significand = significand &* 10 &+ UInt64(digit)
      at &+= 1
    }
    let digits = at &- first
    if digits > 1, p[first] == 0x30, !lenient { return NumberText(.none) }
    if at == end, digits > 0, digits < 19 {
      let value = Int64(bitPattern: significand)
      return NumberText(.int, UInt64(bitPattern: isNegative ? 0 &- value : value))
    }
    return rest(p, start, end, at, first, digits, significand, isNegative)
  }

  @inline(__always)
  private func rest(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ from: Int, _ first: Int, _ digits: Int, _ whole: UInt64,
    _ isNegative: Bool
  ) -> NumberText {
    var at = from
    var significand = whole
    var exponent = 0
    if at == end { return long(p, start, end, first, digits, significand, isNegative) }
    var count = digits
    if p[at] == 0x2E {
      at &+= 1
      let point = at
      while at < end {
        let digit = p[at] &- 0x30
        if digit > 9 { break }
        significand = significand &* 10 &+ UInt64(digit)
        at &+= 1
      }
      exponent = point &- at
      count = digits &+ (at &- point)
    }
    if count == 0 { return word(p, first, end, isNegative) }
    if at < end {
      guard p[at] | 0x20 == 0x65, let power = power(p, at &+ 1, end) else { return NumberText(.none) }
      exponent &+= power
    }
    if count > 19, count &- zeros(p, first, end) > 19 { return exact(p, start, end) }
    guard let value = DecimalNumber.value(significand, exponent: exponent, tens: tens) else {
      return exact(p, start, end)
    }
    return NumberText(value.isFinite ? .float : .infinite, (isNegative ? -value : value).bitPattern)
  }

  /// A whole number of 19 digits or more, or none at all.
  private func long(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ first: Int, _ digits: Int, _ significand: UInt64,
    _ isNegative: Bool
  ) -> NumberText {
    if digits == 0 { return NumberText(.none) }
    var zeros = 0
    while zeros < digits - 1, p[first + zeros] == 0x30 { zeros += 1 }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    if digits - zeros <= 19, significand <= limit {
      return NumberText(.int, isNegative ? 0 &- significand : significand)
    }
    let value = exact(p, start, end)
    return NumberText(value.kind == .infinite ? .infinite : .big, value.bits)
  }

  /// The zeros before the first digit that counts.
  private func zeros(_ p: UnsafePointer<UInt8>, _ first: Int, _ end: Int) -> Int {
    var zeros = 0
    for place in first..<end {
      if p[place] == 0x30 { zeros += 1 } else if p[place] != 0x2E { break }
    }
    return zeros
  }

  /// The exponent after an `e`; far ones are held at a bound past which every double is zero or infinite.
  private func power(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start
    var isNegative = false
    if at < end, p[at] == 0x2D || p[at] == 0x2B {
      isNegative = p[at] == 0x2D
      at += 1
    }
    guard at < end else { return nil }
    var value = 0
    while at < end {
      let digit = p[at] &- 0x30
      if digit > 9 { return nil }
      value = min(value * 10 + Int(digit), 1_000_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }

  private func exact(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> NumberText {
    let value = DecimalNumber.exact(UnsafeBufferPointer(start: p + start, count: end - start))
    return NumberText(value.isFinite ? .float : .infinite, value.bitPattern)
  }

  private func word(_ p: UnsafePointer<UInt8>, _ first: Int, _ end: Int, _ isNegative: Bool) -> NumberText {
    let text = UnsafeBufferPointer(start: p + first, count: end - first)
    guard text.count == 3 || text.count == 8 else { return NumberText(.none) }
    let lowered = text.map { $0 | 0x20 }
    guard lowered.elementsEqual("inf".utf8) || lowered.elementsEqual("infinity".utf8) else { return NumberText(.none) }
    return NumberText(.infinite, (isNegative ? -Double.infinity : Double.infinity).bitPattern)
  }
}
