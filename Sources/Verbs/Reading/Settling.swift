import Interpreter
import Plan
import Tables

extension Relation {
  /// The relation as its rows are, with what the last step had to say of them.
  ///
  /// The one place in which a verb that only reads or records asks for rows: a stage tells what it did to them. Verbs that look at rows,
  /// write, judge or split them ask for themselves.
  func settled(_ context: RunContext) throws(EngineError) -> (relation: Relation, collected: Collected) {
    let collected = try context.executor.rows(self, context.progress)
    return (settled(by: collected.rows), collected)
  }

  /// The same after steps that were appended to a relation which was settled.
  func settled(
    _ context: RunContext, changed steps: [Step]
  ) throws(EngineError) -> (relation: Relation, collected: Collected) {
    let collected = try context.executor.rows(self, context.progress)
    return (settled(by: collected.rows, changed: steps), collected)
  }

  /// Some columns of the rows.
  func columns(_ names: [String], _ context: RunContext) throws(EngineError) -> Table {
    try context.executor.table(self, columns: Set(names), context.progress)
  }

  /// A column of the rows with what is known of it.
  func statistics(of column: String, _ context: RunContext) throws(EngineError) -> ColumnStatistics? {
    try context.executor.table(self, columns: [column], context.progress).statistics(of: column)
  }
}
