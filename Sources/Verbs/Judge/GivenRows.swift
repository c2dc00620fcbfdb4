import Display
import Formats
import Interpreter
import Kernels
import Plan
import Scoring
import Tables

/// Rows on their way to a model: as they are shown, and the raw cells that the model takes.
struct GivenRows {
  /// The rows as a look shows them, which the answers are appended to.
  let shown: Table
  /// The model's inputs, as far as they are there, for the same rows.
  private(set) var inputs: Table
  private(set) var notes: [String] = []
  /// Columns that came with the rows and are shown with them, and are no inputs.
  let others: [String]

  /// Rows of a file, whose columns are what the model takes.
  init(file rows: Table, for model: Model, notes: [String]) {
    shown = rows
    let names = Set(model.graph.inputs.map(\.name))
    inputs = rows.select(model.graph.inputs.map(\.name))
    others = rows.names.filter { !names.contains($0) }
    self.notes = notes
  }

  /// Rows of a table, or of a split's open parts. Throws what their steps throw, and `wrong-type` for a column of which the cells that
  /// the model takes cannot be told.
  init(_ value: Value, for model: Model, _ context: RunContext) throws(EngineError) {
    let stages: RecordedStages
    switch value.subject {
    case .table(let relation): stages = try RecordedStages(relation, context)
    case .split(let split): stages = try RecordedStages(split, context.progress)
    default: throw EngineError(.subject(.wrong(.table)))
    }
    let places = try InputPlaces(stages.steps, before: stages.before, raw: stages.raw.names, for: model)
    shown = stages.shown
    var columns: [(String, Column)] = []
    for place in places.places {
      guard let column = try stages.column(place.name, after: place.count, context.progress) else { continue }
      columns.append((place.input, column))
    }
    inputs = Table(columns, rowCount: stages.shown.rowCount)
    others = places.others(stages.raw.names, shown: stages.shown.names)
    notes = places.notes(Set(columns.map(\.0)))
  }

  /// Casts each input to the type that the model takes, where no cell is lost by it. Throws `wrong-type` with the first cell that has
  /// no value of the type.
  mutating func retype(for model: Model) throws(EngineError) {
    var types = InputTypes(model)
    inputs = types.retyped(inputs)
    try types.requireFit()
    notes += types.notes
  }
}
