import Interpreter
import Plan

/// A relation on its way through steps with copies of some columns that no step sees: whatever the steps do with the rows, leave some out
/// or put them in order, the copies stay beside them.
struct CarriedColumns {
  private(set) var relation: Relation
  /// The column that has the copy, by the key that it was carried as.
  private(set) var carried: [String: String] = [:]
  private let context: RunContext

  init(_ relation: Relation, _ context: RunContext) {
    self.relation = relation
    self.context = context
  }

  mutating func append(_ step: Step) throws(EngineError) {
    switch step {
    case .select(let names): relation = try relation.appending(.select(names + carried.values.sorted()))
    case .drop(let names):
      relation = try relation.appending(.drop(names.filter { relation.schema.facts(of: $0) != nil }))
    default: relation = try relation.appending(step)
    }
  }

  /// Copies a column as it is now; nothing happens where it is not there.
  mutating func carry(_ column: String, as key: String) throws(EngineError) {
    if relation.schema.facts(of: column)?.type == nil {
      relation = try relation.settled(context).relation
    }
    guard let type = relation.schema.facts(of: column)?.type else { return }
    // No column of a script can have the name.
    let hidden = "\u{0}\(key)"
    relation = try relation.appending(.feature(Derive(hidden, .column(column, type))))
    carried[key] = hidden
  }
}
