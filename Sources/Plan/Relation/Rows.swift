import Kernels
import Tables

/// Rows that were computed: in memory as a table, or somewhere else under a bound of memory.
public enum Rows: Sendable {
  case whole(Table)
  case stored(any StoredRows)

  public var rowCount: Int {
    switch self {
    case .whole(let table): table.rowCount
    case .stored(let rows): rows.rowCount
    }
  }

  /// The columns with how many of their cells are missing.
  public var columns: [(field: Field, missing: Int)] {
    switch self {
    case .whole(let table): zip(table.schema.fields, table.columns).map { ($0, $1.missingCount) }
    case .stored(let rows): zip(rows.schema.fields, rows.missing).map { ($0, $1) }
    }
  }
}

extension Rows {
  /// The columns named that are there, with how many of their cells are missing.
  public func columns(_ names: [String]) -> [(field: Field, missing: Int)] {
    if case .whole(let table) = self {
      return names.compactMap { name in table[name].map { (Field(name, $0.type), $0.missingCount) } }
    }
    let wanted = Set(names)
    return columns.filter { wanted.contains($0.field.name) }
  }
}

/// Rows that are not all in memory at once.
public protocol StoredRows: Sendable {
  var schema: Schema { get }
  var rowCount: Int { get }
  /// For each column how many of its cells are missing.
  var missing: [Int] { get }
  /// Whether reading columns one after the other costs no more than reading them together.
  var isByColumn: Bool { get }
  /// Gives the columns named (nil: all) chunk by chunk in order, until `take` says false; one without rows where there are none. Throws
  /// what reading or a step throws.
  func fold(
    _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError)
}

extension Rows {
  /// The same for rows that may be in memory: those are one chunk.
  public func fold(
    _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) {
    switch self {
    case .stored(let rows): try rows.fold(columns, progress, take)
    case .whole(let table):
      _ = try take(columns.map { wanted in table.select(table.names.filter(wanted.contains)) } ?? table)
    }
  }

  /// The first rows, at most `count`; later chunks are not looked at.
  public func head(_ count: Int, _ progress: Progress) throws(EngineError) -> Table {
    if case .whole(let table) = self { return table.head(count) }
    var builder = TableBuilder()
    try fold(nil, progress) { chunk throws(EngineError) in
      builder.append(chunk.head(count - builder.rowCount))
      return builder.rowCount < count
    }
    return builder.finish(ScanReport(schema: Schema(columns.map(\.field)), rowCount: builder.rowCount))
  }

  /// The last rows, at most `count`, in their order. O(rows) where they are not in memory.
  public func last(_ count: Int, _ progress: Progress) throws(EngineError) -> Table {
    let first = max(0, rowCount - count)
    if case .whole(let table) = self { return table.take(RowList(first..<table.rowCount)) }
    var builder = TableBuilder()
    var passed = 0
    try fold(nil, progress) { chunk throws(EngineError) in
      let start = min(max(0, first - passed), chunk.rowCount)
      if start < chunk.rowCount { builder.append(chunk.take(RowList(start..<chunk.rowCount))) }
      passed += chunk.rowCount
      return true
    }
    return builder.finish(ScanReport(schema: Schema(columns.map(\.field)), rowCount: builder.rowCount))
  }

  /// The columns named (nil: all) as one table. Throws `tooLarge` where it would not fit beside what is in memory.
  public func table(_ columns: Set<String>? = nil, _ progress: Progress) throws(EngineError) -> Table {
    if case .whole(let table) = self {
      return columns.map { wanted in table.select(table.names.filter(wanted.contains)) } ?? table
    }
    let wanted = self.columns.map(\.field).filter { columns?.contains($0.name) ?? true }
    let bytes = wanted.reduce(0) { $0 + rowCount * ($1.type.cellSize) }
    do throws(OutOfMemory) { try Memory.require(bytes + bytes / 4) } catch { throw EngineError(error, rows: rowCount) }
    var builder = TableBuilder(expectedRows: rowCount)
    try fold(columns, progress) { chunk throws(EngineError) in
      builder.append(chunk)
      return true
    }
    return builder.finish(ScanReport(schema: Schema(wanted), rowCount: rowCount))
  }
}

extension ColumnType {
  /// About how many bytes a cell takes in memory.
  public var cellSize: Int {
    switch self {
    case .bool: 1
    case .date: 4
    case .int, .float, .datetime: 8
    case .text: 16
    case .vector: 64
    }
  }
}
