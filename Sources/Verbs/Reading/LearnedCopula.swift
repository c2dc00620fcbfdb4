import Interpreter
import Plan
import Synthesis
import Tables

/// What rows say of how to make others like them.
struct LearnedCopula: Sendable {
  let model: CopulaModel
  /// The rows that it was learned from: all, or some of many.
  let sample: Table

  /// - Parameters:
  ///   - by: the column whose classes are told apart; nil takes the label, where it is one of classes.
  ///   - leavesGuarded: whether guarded columns are left out.
  init(
    _ rows: Rows, _ schema: RelationSchema, by: String?, leavesGuarded: Bool = false, _ context: RunContext
  ) throws(EngineError) {
    guard rows.rowCount > 0 else { throw EngineError(.rows(.none(in: schema.name))) }
    var levels: [String: ColumnLevel] = [:]
    for name in schema.names { levels[name] = schema.sensitivity(of: [name]).shows }
    let most = SampledRows.most(columns: rows.columns.count)
    // The rows, and a score with its place for each cell.
    try rows.require(min(rows.rowCount, most) * rows.columns.count * 40)
    var sample = try SampledRows.table(rows, most: most, context.progress)
    if leavesGuarded {
      sample = sample.select(sample.names.filter { !(levels[$0] ?? .public).isGuarded })
    }
    let chosen = by ?? Self.classes(schema, sample)
    let isOpen = chosen.map { !(levels[$0] ?? .public).isGuarded } ?? false
    model = try CopulaModel(
      sample, of: rows.rowCount, CopulaModel.Request(name: schema.name, by: isOpen ? chosen : nil, levels: levels),
      context.progress)
    self.sample = sample
  }

  /// The label where it is one of classes.
  private static func classes(_ schema: RelationSchema, _ sample: Table) -> String? {
    guard let label = schema.label, label.task != .regression, let column = sample[label.name] else { return nil }
    switch column.type {
    case .text, .bool: return label.name
    case .int:
      let isFew = CategoryCodes(column).count <= LabelEncoding.classLimit
      return label.task == .classification || isFew ? label.name : nil
    case .float, .date, .datetime, .vector: return nil
    }
  }
}
