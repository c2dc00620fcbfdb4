import Interpreter
import Kernels
import Plan
import Tables

/// Rows on their way to a model that are not all in memory: each chunk as it is shown, with the raw cells that the model takes.
///
/// The cells that a step has changed since are carried along under names of their own, through the same steps: whatever these do with
/// the rows, leave some out or put them in order, both stay side by side.
struct GivenChunks {
  private let rows: Rows
  private let model: Model
  /// For each input that is there the column that has it.
  private let sources: [(input: String, column: String)]
  private let shown: [String]
  /// The inputs that are there.
  var inputs: [String] { sources.map(\.input) }
  /// What is said of where the inputs come from.
  let notes: [String]
  /// Columns that came with the rows and are shown with them, and are no inputs.
  let others: [String]

  /// Rows of a file, whose columns are what the model takes.
  init(file rows: Rows, for model: Model, notes: [String]) {
    self.rows = rows
    self.model = model
    self.notes = notes
    shown = rows.columns.map(\.field.name)
    let there = Set(shown)
    sources = model.graph.inputs.map(\.name).filter(there.contains).map { ($0, $0) }
    let names = Set(sources.map(\.input))
    others = shown.filter { !names.contains($0) }
  }

  /// Rows of a table of which `base` are those at the cut. Throws what its steps throw, and `wrong-type` for a column of which the cells
  /// that the model takes cannot be told.
  init(_ relation: Relation, base: Rows, for model: Model, _ context: RunContext) throws(EngineError) {
    let steps = relation.recipe.steps
    let places = try InputPlaces(
      steps, before: relation.stepsBeforeCut, raw: base.columns.map(\.field.name), for: model)
    var carrier = CarriedColumns(relation.atCut(base), context)
    for count in 0...steps.count {
      if count > 0 { try carrier.append(steps[count - 1]) }
      for place in places.places where place.count == count && count < steps.count {
        try carrier.carry(place.name, as: place.input)
      }
    }
    let collected = try context.executor.rows(carrier.relation, context.progress).rows
    let columns = collected.columns.map(\.field.name)
    let hidden = Set(carrier.carried.values)
    let there = Set(columns)
    rows = collected
    self.model = model
    shown = columns.filter { !hidden.contains($0) }
    sources = places.places.compactMap { place in
      let column = place.count == steps.count ? place.name : carrier.carried[place.input]
      return column.flatMap { there.contains($0) ? (place.input, $0) : nil }
    }
    notes = places.notes(Set(sources.map(\.input)))
    others = places.others(base.columns.map(\.field.name), shown: shown)
  }

  /// Gives every chunk as it is shown and as the model takes it, in order, then what there is to say. Throws `wrong-type` for a cell
  /// that has no value of the type which the model takes.
  func fold(
    _ progress: Progress, _ take: (_ shown: Table, _ inputs: Table) throws(EngineError) -> Void
  ) throws(EngineError) -> [String] {
    var types = InputTypes(model)
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      let cells = chunk.select(sources.map(\.column))
      let inputs = types.retyped(Table(names: sources.map(\.input), columns: cells.columns, rowCount: chunk.rowCount))
      if !types.isMisfit { try take(chunk.select(shown), inputs) }
      return true
    }
    try types.requireFit()
    return notes + types.notes
  }
}
