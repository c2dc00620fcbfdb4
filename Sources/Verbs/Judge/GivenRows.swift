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

  /// Rows of a file, whose columns are what the model takes.
  init(file rows: Table, for model: Model, notes: [String]) {
    shown = rows
    inputs = rows.select(model.graph.inputs.map(\.name))
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
    let trace = InputTrace(stages.steps, raw: stages.raw.names, contained: model.inputs.steps ?? [])
    shown = stages.shown
    var columns: [(String, Column)] = []
    var others: [(words: String, inputs: [String])] = []
    for input in model.graph.inputs.map(\.name) {
      switch trace.place(of: input) {
      case .absent: continue
      case .mixed(let contained, let other): throw Self.mixed(input, contained, other)
      case .found(let count, let name):
        if let words = stages.earlier(input, among: trace.uncontained) { throw Self.mixed(input, words, nil) }
        let makers = trace.others(making: input)
        if model.inputs.steps == nil, !makers.isEmpty {
          throw EngineError(.inputs(.stepsUnknown(input: input, steps: makers)))
        }
        let words = makers.map { "`\($0)`" }.joined(separator: ", ")
        guard let column = try stages.column(name, after: count, context.progress) else { continue }
        columns.append((input, column))
        guard !words.isEmpty else { continue }
        if let place = others.firstIndex(where: { $0.words == words }) {
          others[place].inputs.append(input)
        } else {
          others.append((words, [input]))
        }
      }
    }
    inputs = Table(columns, rowCount: stages.shown.rowCount)
    notes = others.map { "\(InputMatch.listed($0.inputs)) as made by \($0.words), which the model does not contain" }
  }

  private static func mixed(_ input: String, _ contained: String, _ other: String?) -> EngineError {
    EngineError(.inputs(.overwritten(input: input, by: other, after: contained)))
  }

  /// Casts each input to the type that the model takes, where no cell is lost by it. Throws `wrong-type` with the first cell that has
  /// no value of the type.
  mutating func retype(for model: Model) throws(EngineError) {
    for field in model.graph.inputs {
      guard let column = inputs[field.name], column.type != field.type else { continue }
      let retyped = RetypedColumn(column, as: field.type)
      if let misfit = retyped.misfit {
        throw EngineError(
          .inputs(
            .wrongType(
              field.name, column.type, takes: field.type, row: misfit.row + 1, text: misfit.text,
              others: retyped.misfitCount - 1)))
      }
      let isWider = column.type == .int && field.type == .float
      if !isWider, column.missingCount < column.count {
        notes.append("\(field.name) is \(column.type) and was read as \(field.type)")
      }
      inputs = inputs.with(field.name, retyped.column)
    }
  }
}
