import Notation
import Tables

/// What a column of cells that have no type of their own is read as.
public enum LooseType: Sendable, Hashable {
  /// Whatever the cells are: somebody else reads them as a type.
  case any
  /// Whole numbers until the first fraction, from which on it is float, unless whole numbers before it would lose digits by that.
  case number
  case of(ColumnType)

  /// The type that the column has before its first row.
  public var first: ColumnType {
    switch self {
    case .any: .text
    case .number: .int
    case .of(let type): type
    }
  }
}

/// A column of a source whose cells may each be of another kind, as those of a database may: chunk after chunk it gives columns of one
/// type, and the cells that do not fit it. What comes of a cell depends on the cells before it, not on where chunks end.
public struct LooseColumn {
  public let name: String
  public let type: LooseType
  /// Whether a column of numbers has had a fraction.
  public private(set) var isFloat = false
  /// Whether it has had a whole number that a float does not hold.
  private var isWide = false
  private var unbounded = 0

  // Of the chunk at hand:
  private var cells: LooseCells
  private var misfits: [TypedMisfit] = []

  public init(_ name: String, _ type: LooseType) {
    self.name = name
    self.type = type
    cells = LooseCells(type)
  }

  // MARK: Cells

  public mutating func appendMissing() { cells.appendMissing() }

  public mutating func append(_ value: Int64) {
    switch type {
    case .any, .of(.int): cells.append(value)
    case .number:
      if WholeNumber.losesDigits(value) {
        if isFloat { return misfit("\(value)") }
        isWide = true
      }
      if isFloat { cells.append(Double(value)) } else { cells.append(value) }
    case .of(.float):
      if WholeNumber.losesDigits(value) { misfit("\(value)") } else { cells.append(Double(value)) }
    case .of(.bool):
      if value == 0 || value == 1 { cells.append(value == 1) } else { misfit("\(value)") }
    case .of(.text): cells.append("\(value)")
    case .of(.date), .of(.datetime), .of(.vector): misfit("\(value)")
    }
  }

  /// A number that is infinite or none is missing, and counted.
  public mutating func append(_ value: Double) {
    guard value.isFinite else {
      unbounded += 1
      return cells.appendMissing()
    }
    switch type {
    case .any, .of(.float): cells.append(value)
    case .number:
      if !isFloat {
        if isWide { return misfit("\(value)") }
        isFloat = true
        cells.turnToFloats()
      }
      cells.append(value)
    case .of(.int):
      if let whole = Int64(exactly: value), abs(value) < 0x1p53 { cells.append(whole) } else { misfit("\(value)") }
    case .of(.text): cells.append("\(value)")
    case .of(.bool), .of(.date), .of(.datetime), .of(.vector): misfit("\(value)")
    }
  }

  /// A text; one that is no UTF-8 is a misfit.
  public mutating func append(text bytes: UnsafeBufferPointer<UInt8>) {
    guard Self.isText(bytes) else { return misfit(String(decoding: bytes, as: UTF8.self)) }
    switch type {
    case .of(.text): cells.append(bytes)
    case .any: cells.append(String(decoding: bytes, as: UTF8.self))
    case .number:
      let text = String(decoding: bytes, as: UTF8.self)
      if case .int(let value)? = RetypedColumn.cell(text, .int) {
        append(value)
      } else if case .float(let value)? = RetypedColumn.cell(text, .float) {
        append(value)
      } else {
        misfit(text)
      }
    case .of(let type):
      let text = String(decoding: bytes, as: UTF8.self)
      if let cell = RetypedColumn.cell(text, type) { cells.append(cell) } else { misfit(text) }
    }
  }

  /// The quicker check takes no NUL, which may stand in a text.
  private static func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let start = bytes.baseAddress, !UTF8Text.isValid(start, 0, bytes.count) else { return true }
    return String(validating: bytes, as: UTF8.self) != nil
  }

  public mutating func append(days: Int32) { append(.date(days)) }

  public mutating func append(microseconds: Int64) { append(.datetime(microseconds)) }

  public mutating func append(_ value: Bool) { append(.bool(value)) }

  private mutating func append(_ cell: Cell) {
    if case .of(let type) = type, type == cell.type {
      cells.append(cell)
    } else if type == .any || type == .of(.text) {
      cells.append(cell.description)
    } else {
      misfit(cell.description)
    }
  }

  /// A cell that has no value of any type, in words; and one of a range that no table has, which is missing and counted.
  public mutating func append(misfit text: String) { misfit(text) }

  public mutating func appendUnbounded() {
    unbounded += 1
    cells.appendMissing()
  }

  private mutating func misfit(_ text: String) {
    misfits.append(TypedMisfit(row: cells.count, column: name, text: text))
    cells.appendMissing()
  }

  // MARK: Chunks

  /// About how many bytes the cells of the chunk at hand take.
  public var byteCount: Int { cells.byteCount }

  /// The cells since the last chunk; those that do not fit are told to `misfits`.
  public mutating func finish(_ misfits: TypedMisfits) -> Column {
    misfits.add(self.misfits)
    self.misfits = []
    let column = cells.column
    cells = LooseCells(isFloat ? .of(.float) : type)
    return column
  }

  /// What there is to say at the end.
  public var note: String? {
    guard unbounded > 0 else { return nil }
    let cells =
      switch type.first {
      case .date, .datetime:
        unbounded == 1
          ? "1 moment that is infinite or out of bounds is"
          : "\(unbounded) moments that are infinite or out of bounds are"
      default: unbounded == 1 ? "1 infinite number is" : "\(unbounded) infinite numbers are"
      }
    return "column '\(name)': \(cells) missing"
  }
}

/// Cells of a chunk in the buffers of their column's type.
private struct LooseCells {
  private var type: LooseType
  private var validity: [Bool] = []
  private var hasMissing = false
  /// Whole numbers, and moments.
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var bools: [Bool] = []
  private var days: [Int32] = []
  private var offsets = [0]
  private var bytes: [UInt8] = []
  /// Those of a column of no type.
  private var any: [Cell] = []

  init(_ type: LooseType) { self.type = type }

  var count: Int { validity.count }

  var byteCount: Int { bytes.count + 8 * validity.count + 32 * any.count }

  private mutating func note(isThere: Bool) {
    validity.append(isThere)
    hasMissing = hasMissing || !isThere
  }

  mutating func appendMissing() {
    note(isThere: false)
    switch type {
    case .any: any.append(.missing)
    case .number, .of(.int), .of(.datetime): ints.append(0)
    case .of(.float): floats.append(0)
    case .of(.bool): bools.append(false)
    case .of(.date): days.append(0)
    case .of(.text), .of(.vector): offsets.append(bytes.count)
    }
  }

  mutating func append(_ value: Int64) {
    if type == .any { return append(.int(value)) }
    note(isThere: true)
    ints.append(value)
  }

  mutating func append(_ value: Double) {
    if type == .any { return append(.float(value)) }
    note(isThere: true)
    floats.append(value)
  }

  mutating func append(_ value: Bool) {
    note(isThere: true)
    bools.append(value)
  }

  mutating func append(_ text: String) {
    if type == .any { return append(.text(text)) }
    note(isThere: true)
    bytes += text.utf8
    offsets.append(bytes.count)
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    note(isThere: true)
    bytes.append(contentsOf: text)
    offsets.append(bytes.count)
  }

  /// A cell of the column's type, or of any where it has none.
  mutating func append(_ cell: Cell) {
    if type == .any {
      note(isThere: cell != .missing)
      any.append(cell)
      return
    }
    switch cell {
    case .missing, .vector: appendMissing()
    case .bool(let value): append(value)
    case .int(let value): append(value)
    case .float(let value): append(value)
    case .text(let value): append(value)
    case .date(let value):
      note(isThere: true)
      days.append(value)
    case .datetime(let value):
      note(isThere: true)
      ints.append(value)
    }
  }

  /// Whole numbers so far, none of which loses digits by it, become floats.
  mutating func turnToFloats() {
    floats = ints.map(Double.init)
    ints = []
    type = .of(.float)
  }

  var column: Column {
    let validity = hasMissing ? Bitmap(self.validity) : nil
    switch type {
    case .any: return Self.column(any)
    case .number, .of(.int): return .int(Cells(ints, validity: validity))
    case .of(.datetime): return .datetime(Cells(ints, validity: validity))
    case .of(.float): return .float(Cells(floats, validity: validity))
    case .of(.bool): return .bool(Cells(bools, validity: validity))
    case .of(.date): return .date(Cells(days, validity: validity))
    case .of(.text), .of(.vector): return .text(TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity))
    }
  }

  /// As the one type that all have, else as texts, each as it would be written.
  private static func column(_ cells: [Cell]) -> Column {
    let types = Set(cells.compactMap(\.type))
    if let type = types.first, types.count == 1 { return .from(cells, type: type) }
    return .from(cells.map { $0 == .missing ? .missing : .text($0.description) }, type: .text)
  }
}
