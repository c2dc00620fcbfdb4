import Kernels
import Plan
import Tables

/// Puts labels that were given by hand into a column. They are of single rows and no rule makes them, so they move the cut: the rows with
/// their labels are a model's raw rows from there on.
public struct GivenLabels: TableTransform {
  public let label: LabelSpec
  public let type: ColumnType
  /// By the place of the row.
  public let labels: [Int: Cell]

  /// `labels` are cells of `type`; those of other rows stay as they are, missing where there was no such column.
  public init(_ label: LabelSpec, type: ColumnType, labels: [Int: Cell]) {
    self.label = label
    self.type = type
    self.labels = labels
  }

  public var words: String { "label \(label.name)" }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.refuseFitted()
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    next.missingWords = schema.missingWords
    next.unlisted = schema.unlisted
    var facts = next.facts(of: label.name) ?? ColumnFacts(type: type, origins: [label.name])
    facts.type = type
    next.set(label.name, facts)
    // Behind the cut each column is its own origin: those that a label which was there is made of tell it.
    let made = schema.facts(of: label.name)?.origins ?? []
    let telling = schema.columns.filter { !$0.facts.origins.isDisjoint(with: made) }.map(\.name)
    next.label = LabelSpec(
      name: label.name, positive: label.positive, origins: Set(telling + [label.name]), task: label.task)
    return next
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    if case .whole(let table) = inputs[0] { return Collected(table: labelled(table, from: 0), notes: []) }
    let rows = try executor.collect(progress) { keep throws(EngineError) in
      var first = 0
      try inputs[0].fold(nil, progress) { chunk throws(EngineError) in
        try keep(labelled(chunk, from: first))
        first += chunk.rowCount
        return true
      }
    }
    return Collected(rows: rows, notes: [])
  }

  private func labelled(_ table: Table, from first: Int) -> Table {
    let old = table[label.name]
    let cells = (0..<table.rowCount).map { labels[first + $0] ?? old?[$0] ?? .missing }
    return table.with(label.name, Column.from(cells, type: type))
  }
}
