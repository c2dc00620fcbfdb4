import Interpreter
import Plan
import Tables

/// The rows that a look is about, with their name.
struct LookedRows: Sendable {
  let name: String
  let rows: Rows

  /// A table's rows, or the training rows of a split with every recorded step fitted on them. Throws what computing them throws.
  init(_ value: Value, _ context: RunContext) throws(EngineError) {
    switch value {
    case .table(let relation):
      name = relation.name
      rows = try context.executor.rows(relation, context.progress).rows
    case .split(let split):
      name = "\(split.name), training rows"
      rows = .whole(try split.trainingRows(context.progress).table)
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }
}
