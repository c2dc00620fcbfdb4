import Kernels
import Notation
import Plan
import Tables

/// Fills missing cells with the last value before them, in an order and within groups that are stated. It reads other rows, so it moves
/// the cut: a model trained afterwards takes the filled column as its raw input.
public struct ForwardFill: TableTransform {
  public let columns: [String]
  /// What the rows are in order by; none for the order in which they stand.
  public let order: [Sort.Key]
  /// Nothing is carried from one group to another, nor to a row that is in none.
  public let groups: [String]

  public init(_ columns: [String], order: [Sort.Key], by groups: [String] = []) {
    self.columns = columns
    self.order = order
    self.groups = groups
  }

  public var words: String { "impute " + columns.map { "\($0) = forward" }.joined(separator: ", ") }
  private var reads: [String] { columns + order.map(\.column) + groups }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    for column in reads {
      guard schema[column] != .absent else {
        throw EngineError(.column(.unknown(column, in: schema.name)))
      }
      guard let words = schema.facts(of: column)?.fittedBy else { continue }
      throw EngineError(.column(.fitted(column, by: words)))
    }
    // The rows after it are the model's raw rows: each column is its own origin from here on.
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    next.missingWords = schema.missingWords
    next.unlisted = schema.unlisted
    next.label = schema.labelAtNewCut
    return next
  }

  public func apply(
    _ inputs: [Rows], _: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let table = try inputs[0].table(nil, progress)
    let rows =
      order.isEmpty ? Array(0..<table.rowCount) : try Sort(by: order, words: words).choose(from: table, progress).rows
    let places = groups.isEmpty ? nil : try GroupKeys(groups, table).places
    var filled = table
    var notes: [StageNote] = []
    for name in columns {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      let result = column.take(Self.sources(of: column, rows, places))
      filled = filled.with(name, result)
      let left = result.missingCount
      notes.append(StageNote(step: words, .filledFromAbove(name, column.missingCount - left, left: left)))
    }
    return Collected(table: filled, notes: notes)
  }

  /// For each row the one whose cell it gets.
  private static func sources(of column: Column, _ rows: [Int], _ places: [Int]?) -> [Int] {
    var sources = Array(0..<column.count)
    var last: [Int: Int] = [:]
    for row in rows {
      let group = places?[row] ?? 0
      if group < 0 { continue }
      if column.isValid(row) { last[group] = row } else if let source = last[group] { sources[row] = source }
    }
    return sources
  }
}
