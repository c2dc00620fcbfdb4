import Expressions
import Interpreter
import Kernels
import Plan
import Scoring
import Tables

/// A table or a split with the columns that it had after each of its recorded steps, for the rows that all of them leave.
struct RecordedStages {
  let steps: [Step]
  /// The raw rows at the cut that the steps leave.
  let raw: Table
  /// The rows after all steps.
  let shown: Table
  private let columns: @Sendable (Int, Progress) throws(EngineError) -> Table
  /// Steps that were recorded before the cut and changed cells there: whole-table changes such as a forward fill move it.
  let before: [Step]

  init(_ relation: Relation, _ context: RunContext) throws(EngineError) {
    let base = try context.executor.base(relation, context.progress)
    let steps = relation.recipe.steps
    let all = RowList(0..<base.rowCount)
    self.steps = steps
    before = relation.stepsBeforeCut
    guard steps.contains(where: { if case .choose = $0 { true } else { false } }) else {
      raw = base
      shown = try context.executor.table(relation, columns: nil, context.progress)
      columns = { count, progress throws(EngineError) in
        try Recipe(steps: Array(steps.prefix(count))).fit(on: base, rows: all, choosing: .all, progress).table
      }
      return
    }
    let fitted = try relation.recipe.fit(on: base, rows: all, choosing: .all, context.progress)
    let places = fitted.places
    raw = base.take(places)
    shown = fitted.table
    columns = { count, progress throws(EngineError) in
      let early = try Recipe(steps: Array(steps.prefix(count))).fit(on: base, rows: all, choosing: .all, progress)
      let rows = Dictionary(early.places.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      return early.table.take(places.compactMap { rows[$0] })
    }
  }

  /// The training rows that the steps leave, then the valid rows, with the statistics of the training rows.
  init(_ split: Split, _ progress: Progress) throws(EngineError) {
    let train = split.train
    let fitted = try split.trainingRows(progress)
    let rows = split.raw.take(Array(fitted.places) + split.valid)
    let recipe = split.recipe
    let raw = split.raw
    steps = recipe.steps
    before = []
    self.raw = rows
    shown = try fitted.columns(of: rows, progress)
    columns = { count, progress throws(EngineError) in
      let early = Recipe(steps: Array(recipe.steps.prefix(count)), splitAt: recipe.splitAt.map { min($0, count) })
      return try early.fit(on: raw, rows: train, choosing: .afterSplit, progress).columns(of: rows, progress)
    }
  }

  /// A column as the first `count` steps left it.
  func column(_ name: String, after count: Int, _ progress: Progress) throws(EngineError) -> Column? {
    if count == 0 { return raw[name] }
    return count == steps.count ? shown[name] : try columns(count, progress)[name]
  }
}

extension FittedRecipe {
  /// The fitted steps on other raw rows: what they make of the columns that they left.
  fileprivate func columns(of raw: Table, _ progress: Progress) throws(EngineError) -> Table {
    var scope = scope
    var ports: [Port] = []
    do throws(Unsupported) {
      for name in names { ports.append(try scope.port(name)) }
    } catch {
      throw EngineError(error, by: .table)
    }
    let nodes = scope.builder.nodes
    let wanted = ports
    let values: (outputs: [PortValue], counts: EvaluationCounts)
    do throws(GraphRunFailure) {
      values = try GraphRun.evaluate(nodes, wanted: wanted, on: raw, progress)
    } catch {
      throw EngineError(error)
    }
    let made = zip(names, values.outputs).map { name, value in
      let places = if case .vector(let cells)? = self[name]?.statistics.column { cells.names } else { [String]() }
      return (name, value.column(places: places))
    }
    return Table(made, rowCount: raw.rowCount)
  }
}
