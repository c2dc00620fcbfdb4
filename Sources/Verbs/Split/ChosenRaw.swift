import Interpreter
import Kernels
import Plan
import Tables

/// The rows that a split is drawn from: those at the cut where they fit into memory, else of the rows that its steps choose the raw
/// columns that these and the columns at hand are made of.
struct ChosenRaw {
  private let relation: Relation

  init(_ relation: Relation) { self.relation = relation }

  /// The rows as one table, and the steps that are still to choose among them. Throws `too-large` where they do not fit into memory, and
  /// what the steps throw.
  func rows(_ context: RunContext) throws(EngineError) -> (raw: Table, choosing: Recipe) {
    do throws(EngineError) {
      return (try context.executor.base(relation, context.progress), relation.recipe)
    } catch {
      guard error.code == .tooLarge else { throw error }
    }
    return try chosen(try context.executor.baseRows(relation, context.progress), context)
  }

  private func chosen(
    _ base: Rows, _ context: RunContext
  ) throws(EngineError) -> (raw: Table, choosing: Recipe) {
    let start = relation.atCut(base)
    let names = base.columns.map(\.field.name)
    let wanted = try needed(start)
    let columns = names.filter { wanted?.contains($0) ?? true }
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

  /// The raw columns that the steps read or the columns after them are made of; nil for all.
  private func needed(_ start: Relation) throws(EngineError) -> Set<String>? {
    var schema = start.schema
    var wanted = ColumnNeeds.none
    for step in relation.recipe.steps {
      wanted = wanted.union(schema.origins(of: .columns(Set(step.reads))))
      try step.apply(to: &schema)
    }
    guard case .columns(let needed) = wanted.union(schema.origins(of: .all)) else { return nil }
    return needed
  }
}
