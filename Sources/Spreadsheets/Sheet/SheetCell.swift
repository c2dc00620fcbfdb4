import Notation

/// What a cell of a sheet holds.
enum SheetValue: Sendable {
  case bool(Bool)
  case int(Int64)
  case float(Double)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case datetime(Int64)
  /// Microseconds since midnight.
  case time(Int64)
  /// Seconds.
  case duration(Double)
  /// One of the shared texts, or a text of its own.
  case shared(Int)
  case text([UInt8])
  /// `#N/A`, `#DIV/0!`, …
  case error(String)
  /// A number with the format of a date that is no day.
  case noDay
}

/// A cell that holds something, or a formula that nobody has computed.
struct SheetCell: Sendable {
  /// From 0.
  let column: Int
  /// nil for a formula without a value.
  let value: SheetValue?
  let isFormula: Bool
}

/// A row of a sheet with the cells that hold something, from left to right.
struct SheetRow: Sendable {
  /// From 1.
  var number = 0
  var isHidden = false
  var cells: [SheetCell] = []

  subscript(_ column: Int) -> SheetCell? { cells.first { $0.column == column } }
}

extension SheetValue {
  /// The kind that decides about a column's type; nil for what is missing.
  var kind: CellKinds? {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .date: .date
    case .datetime: .datetime
    case .time: .time
    case .duration: .duration
    case .shared, .text: .text
    case .error, .noDay: nil
    }
  }

  /// The value as text, as CSV would have it; nil for what is missing.
  func written(_ strings: SharedStrings) -> [UInt8]? {
    switch self {
    case .bool(let value): Array((value ? "true" : "false").utf8)
    case .int(let value): Array("\(value)".utf8)
    case .float(let value): Array("\(value)".utf8)
    case .date(let days): Array(CivilDate(days: days).description.utf8)
    case .datetime(let moment): Array(CivilDateTime(microseconds: moment).description.utf8)
    case .time(let moment): ClockText.bytes(moment, perSecond: 1_000_000)
    case .duration(let seconds): Array("\(seconds)".utf8)
    case .shared(let place): Array(strings[place])
    case .text(let bytes): bytes
    case .error, .noDay: nil
    }
  }
}

/// The kinds of cells that a column was seen to have.
struct CellKinds: OptionSet, Sendable, Hashable {
  let rawValue: UInt16

  static let bool = CellKinds(rawValue: 1)
  static let int = CellKinds(rawValue: 2)
  static let float = CellKinds(rawValue: 4)
  static let date = CellKinds(rawValue: 8)
  static let datetime = CellKinds(rawValue: 16)
  static let time = CellKinds(rawValue: 32)
  static let duration = CellKinds(rawValue: 64)
  static let text = CellKinds(rawValue: 128)
}
