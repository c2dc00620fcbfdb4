import Expressions
import Kernels
import Plan
import Tables

/// Makes a row of each cell of some columns, with the name of its column beside it; the other columns stay. A row makes several rows that
/// follow each other, so it moves the cut.
public struct Unpivot: TableTransform {
  public let columns: [String]
  /// The new columns for the names and for the cells.
  public let name: String
  public let value: String
  public let dropsMissing: Bool

  public init(_ columns: [String], name: String, value: String, dropsMissing: Bool) {
    self.columns = columns
    self.name = name
    self.value = value
    self.dropsMissing = dropsMissing
  }

  public var words: String {
    "unpivot [\(columns.joined(separator: ", "))], name: \(name), value: \(value)"
      + (dropsMissing ? ", drop_missing: true" : "")
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.requireRaw(schema.names + columns)
    let gone = Set(columns)
    let kept = schema.columns.filter { !gone.contains($0.name) }
    for taken in [name, value] where kept.contains(where: { $0.name == taken }) {
      throw EngineError(.column(.taken(taken)))
    }
    if name == value { throw EngineError(.column(.taken(value))) }
    let types = columns.map { ($0, schema.facts(of: $0)?.type) }
    let known = types.compactMap { column, type in type.map { (column, $0) } }
    let type = known.count == types.count ? try Self.common(known) : nil
    var next = RelationSchema(
      name: schema.name, columns: kept.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen)
    next.set(name, ColumnFacts(type: .text, origins: [name]))
    next.set(value, schema.rawFacts(value, type, from: columns))
    return next.following(schema)
  }

  /// The type that holds the cells of all columns.
  private static func common(_ columns: [(name: String, type: ColumnType)]) throws(EngineError) -> ColumnType? {
    guard let first = columns.first else { return nil }
    var type = first.type
    for (name, next) in columns.dropFirst() {
      guard let wider = Function.common([type, next]) else {
        let other = columns.first { Function.common([$0.type, next]) == nil } ?? first
        throw EngineError(.reshaping(.mixedTypes(other.name, other.type, with: name, next)))
      }
      type = wider
    }
    if type == .vector { throw EngineError(.reshaping(.mixedTypes(first.name, .vector, with: first.name, .vector))) }
    return type
  }

  private static let chunkRows = 1 << 16

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let fields = inputs[0].columns(columns).map { ($0.field.name, $0.field.type) }
    let type = try Self.common(fields) ?? .float
    let rows = try executor.collect(progress) { keep throws(EngineError) in
      try inputs[0].fold(nil, progress) { chunk throws(EngineError) in
        let size = max(1, Self.chunkRows / max(1, columns.count))
        for start in stride(from: 0, to: max(1, chunk.rowCount), by: size) {
          try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
          let part = chunk.take(RowList(start..<min(chunk.rowCount, start + size)))
          try keep(try unpivoted(part, type, progress))
        }
        return true
      }
    }
    let shape = StageRemark.reshaped(from: inputs[0].rowCount, to: rows.rowCount, columns: rows.columns.count)
    return Collected(rows: rows, notes: [StageNote(step: words, shape)])
  }

  private func unpivoted(_ chunk: Table, _ type: ColumnType, _ progress: Progress) throws(EngineError) -> Table {
    let (rows, width) = (chunk.rowCount, columns.count)
    let gone = Set(columns)
    let kept = chunk.select(chunk.names.filter { !gone.contains($0) })
    var cells = ColumnBuilder(expectedRows: rows * width)
    for column in columns {
      guard let own = chunk[column] else { throw EngineError(.column(.unknown(column))) }
      cells.append(try converted(column, own, to: type, progress))
    }
    // The columns stand one behind the other: a row's cells are as far apart as there are rows.
    let places = (0..<rows * width).map { Int32(truncatingIfNeeded: $0 % width * rows + $0 / width) }
    let values = (cells.finish() ?? .missing(type, count: 0)).take(RowList(ids: places))
    let names = TextCells(
      .dictionary(codes: (0..<rows * width).map { Int32(truncatingIfNeeded: $0 % width) }, words: columns))
    let repeated = kept.take(RowList(ids: (0..<rows * width).map { Int32(truncatingIfNeeded: $0 / width) }))
    let table = Table(
      Array(zip(kept.names, repeated.columns)) + [(name, .text(names)), (value, values)], rowCount: rows * width)
    guard dropsMissing, values.missingCount > 0 else { return table }
    return table.take((0..<table.rowCount).filter(values.isValid))
  }

  private func converted(
    _ name: String, _ column: Column, to type: ColumnType, _ progress: Progress
  ) throws(EngineError) -> Column {
    switch (column, type) {
    case (.int(let cells), .float):
      if let lost = cells.values.first(where: { Int64(exactly: Double($0)) != $0 }) {
        throw EngineError(.reshaping(.losesDigits(name, lost)))
      }
      return .float(Cells(cells.values.map(Double.init), validity: cells.validity))
    case (.date, .datetime):
      let table = Table([(name, column)])
      return try Expression.call(.datetime, [.column(name, .date)]).column(on: table, progress).column
    default: return column
    }
  }
}
