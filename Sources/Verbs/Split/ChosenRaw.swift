import Interpreter
import Kernels
import Plan
import Tables

/// What a split keeps of rows that are not all in memory: of the rows that its steps choose the raw columns that these and the columns
/// at hand are made of.
struct ChosenRaw {
  private let relation: Relation
  private let base: Rows

  /// `base` are the rows of a relation at its cut.
  init(_ relation: Relation, _ base: Rows) {
    self.relation = relation
    self.base = base
  }

  /// The rows as one table, and the relation's steps without those that chose them. Throws `too-large` where they do not fit into memory,
  /// and what the steps throw.
  func rows(_ context: RunContext) throws(EngineError) -> (raw: Table, recipe: Recipe) {
    let start = relation.atCut(base)
    let columns = try needed(start)
    let steps = relation.recipe.steps
    let recipe = Recipe(steps: steps.filter { if case .choose = $0 { false } else { true } })
    if recipe.steps.count == steps.count { return (try base.table(Set(columns), context.progress), recipe) }
    var carrier = CarriedColumns(start, context)
    for name in columns { try carrier.carry(name, as: name) }
    for step in relation.recipe.withoutStatistics { try carrier.append(step) }
    let collected = try context.executor.rows(carrier.relation, context.progress).rows
    let hidden = columns.compactMap { carrier.carried[$0] }
    let table = try collected.table(Set(hidden), context.progress)
    return (Table(names: columns, columns: hidden.compactMap { table[$0] }, rowCount: table.rowCount), recipe)
  }

  /// The raw columns in their order that the steps read or the columns after them are made of.
  private func needed(_ start: Relation) throws(EngineError) -> [String] {
    var schema = start.schema
    var wanted = ColumnNeeds.none
    for step in relation.recipe.steps {
      wanted = wanted.union(schema.origins(of: .columns(Set(step.reads))))
      try step.apply(to: &schema)
    }
    wanted = wanted.union(schema.origins(of: .all))
    let names = base.columns.map(\.field.name)
    guard case .columns(let needed) = wanted else { return names }
    return names.filter(needed.contains)
  }
}
