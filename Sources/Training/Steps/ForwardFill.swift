import Kernels
import Plan
import Tables

/// Fills missing cells with the last value above them. It reads other rows, so it moves the cut: a model trained afterwards takes the
/// filled column as its raw input.
public struct ForwardFill: TableTransform {
  public let columns: [String]

  public init(_ columns: [String]) { self.columns = columns }

  public var words: String { "impute " + columns.map { "\($0) = forward" }.joined(separator: ", ") }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    for column in columns {
      guard schema[column] != .absent else {
        throw EngineError(.column(.unknown(column, in: schema.name)))
      }
      guard let words = schema.facts(of: column)?.fittedBy else { continue }
      throw EngineError(.column(.fitted(column, by: words)))
    }
    // The rows after it are the model's raw rows: each column is its own origin from here on.
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, ColumnFacts(type: $0.facts.type, origins: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    next.missingWords = schema.missingWords
    next.label = schema.labelAtNewCut
    return next
  }

  public func apply(
    _ inputs: [Rows], _: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let table = try inputs[0].table(nil, progress)
    var filled = table
    var notes: [StageNote] = []
    for name in columns {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      let result = column.take(lastValidRows(of: column))
      filled = filled.with(name, result)
      let left = result.missingCount
      notes.append(StageNote(step: words, .filledFromAbove(name, column.missingCount - left, left: left)))
    }
    return Collected(table: filled, notes: notes)
  }

  private func lastValidRows(of column: Column) -> [Int] {
    var last: Int?
    return (0..<column.count).map { row in
      if column.isValid(row) { last = row }
      return last ?? row
    }
  }
}
