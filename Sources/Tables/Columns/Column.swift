/// The type of a column's values.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
  case bool, int, float, text, date, datetime, vector

  /// Whether arithmetic applies.
  public var isNumeric: Bool { self == .int || self == .float }
}

/// An immutable column. Closed, so that a loop switches once a column and then runs over one type.
public enum Column: Sendable, Equatable {
  case bool(Cells<Bool>)
  case int(Cells<Int64>)
  case float(Cells<Double>)
  case text(TextCells)
  /// Days since 1970-01-01.
  case date(Cells<Int32>)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case datetime(Cells<Int64>)
  case vector(VectorCells)

  public var type: ColumnType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .text: .text
    case .date: .date
    case .datetime: .datetime
    case .vector: .vector
    }
  }

  public var count: Int {
    switch self {
    case .bool(let cells): cells.count
    case .int(let cells), .datetime(let cells): cells.count
    case .float(let cells): cells.count
    case .text(let cells): cells.count
    case .date(let cells): cells.count
    case .vector(let cells): cells.count
    }
  }

  public var missingCount: Int { validity.map { count - $0.onesCount } ?? 0 }

  /// Which cells hold a value; nil when all do.
  public var validity: Bitmap? {
    switch self {
    case .bool(let cells): cells.validity
    case .int(let cells), .datetime(let cells): cells.validity
    case .float(let cells): cells.validity
    case .text(let cells): cells.validity
    case .date(let cells): cells.validity
    case .vector: nil
    }
  }

  public func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// A cell for each of `rows`, missing where that is -1. O(rows).
  public func spread(_ rows: [Int32]) -> Column {
    if count == 0 { return .missing(type, count: rows.count) }
    let found = take(RowList(ids: rows.map { max($0, 0) }))
    var valid = Bitmap(rows.map { $0 >= 0 })
    if let own = found.validity {
      valid = Bitmap(words: zip(valid.words, own.words).map { $0 & $1 }, count: rows.count)
    }
    return found.masked(by: valid)
  }

  /// The same cells, missing where `validity` is false. Vectors are never missing.
  private func masked(by validity: Bitmap) -> Column {
    switch self {
    case .bool(let cells): return .bool(cells.masked(by: validity, filler: false))
    case .int(let cells): return .int(cells.masked(by: validity, filler: 0))
    case .float(let cells): return .float(cells.masked(by: validity, filler: 0))
    case .text(let cells): return .text(TextCells(cells.storage, validity: validity))
    case .date(let cells): return .date(cells.masked(by: validity, filler: 0))
    case .datetime(let cells): return .datetime(cells.masked(by: validity, filler: 0))
    case .vector: return self
    }
  }

  /// How many of the cells at `rows` are missing.
  public func missingCount(at rows: RowList) -> Int { validity.map { rows.count - $0.onesCount(at: rows) } ?? 0 }

  /// The cells at `rows` (each in `0 ..< count`), in that order.
  public func take(_ rows: [Int]) -> Column { take(RowList(rows)) }

  /// The cells at `rows` (each in `0 ..< count`), in that order; the column itself where these are all. O(rows).
  public func take(_ rows: RowList) -> Column {
    if rows.isWhole(of: count) { return self }
    switch self {
    case .bool(let cells): return .bool(cells.take(rows))
    case .int(let cells): return .int(cells.take(rows))
    case .float(let cells): return .float(cells.take(rows))
    case .text(let cells): return .text(cells.take(rows))
    case .date(let cells): return .date(cells.take(rows))
    case .datetime(let cells): return .datetime(cells.take(rows))
    case .vector(let cells): return .vector(cells.take(rows))
    }
  }

  /// One cell as a value of its own, for display and small work; not for loops over columns.
  public subscript(_ row: Int) -> Cell {
    switch self {
    case .bool(let cells): cells[row].map(Cell.bool) ?? .missing
    case .int(let cells): cells[row].map(Cell.int) ?? .missing
    case .float(let cells): cells[row].map(Cell.float) ?? .missing
    case .text(let cells): cells[row].map(Cell.text) ?? .missing
    case .date(let cells): cells[row].map(Cell.date) ?? .missing
    case .datetime(let cells): cells[row].map(Cell.datetime) ?? .missing
    case .vector(let cells): .vector(cells.row(row))
    }
  }

  /// A column of `count` missing cells.
  public static func missing(_ type: ColumnType, count: Int) -> Column {
    let none = Bitmap(repeating: false, count: count)
    switch type {
    case .bool: return .bool(Cells([Bool](repeating: false, count: count), validity: none))
    case .int: return .int(Cells([Int64](repeating: 0, count: count), validity: none))
    case .float: return .float(Cells([Double](repeating: 0, count: count), validity: none))
    case .text:
      return .text(TextCells(.plain(offsets: [Int](repeating: 0, count: count + 1), bytes: []), validity: none))
    case .date: return .date(Cells([Int32](repeating: 0, count: count), validity: none))
    case .datetime: return .datetime(Cells([Int64](repeating: 0, count: count), validity: none))
    case .vector: return .vector(VectorCells(names: [], values: [], count: count))
    }
  }

  /// A column of the type given from single cells; a cell of another type becomes missing, an int cell widens to float.
  public static func from(_ cells: [Cell], type: ColumnType) -> Column {
    switch type {
    case .bool: return .bool(Cells(cells.map { if case .bool(let v) = $0 { v } else { nil } }, filler: false))
    case .int: return .int(Cells(cells.map { if case .int(let v) = $0 { v } else { nil } }, filler: 0))
    case .float: return .float(Cells(cells.map(\.number), filler: 0))
    case .text: return .text(TextCells(cells.map { if case .text(let v) = $0 { v } else { nil } }))
    case .date: return .date(Cells(cells.map { if case .date(let v) = $0 { v } else { nil } }, filler: 0))
    case .datetime: return .datetime(Cells(cells.map { if case .datetime(let v) = $0 { v } else { nil } }, filler: 0))
    case .vector:
      let rows = cells.map { if case .vector(let v) = $0 { v } else { [Double]() } }
      let width = rows.first?.count ?? 0
      let flat = rows.flatMap { $0.count == width ? $0 : [Double](repeating: 0, count: width) }
      return .vector(VectorCells(names: (0..<width).map { "\($0)" }, values: flat, count: rows.count))
    }
  }
}
