import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Tables

/// `show`
enum ShowVerb: Verb {
  static let rows = Parameter<Int>("rows", "How many rows", default: 10, .within(1, 100_000))

  static let last = Parameter<Int>("last", "How many of the last rows", otherwise: "the first rows", .within(1, 100_000))

  static let description = Description(
    name: "show", summary: "Show the rows at hand, or what a model is", group: "Look", signature: "any → look",
    details: [
      "Of a split the training rows are shown, with every recorded step fitted on them; the test part stays sealed."
    ],
    parameters: [rows, last],
    examples: [
      Example("the first rows", "load titanic\nshow rows: 5"), Example("the last rows", "load titanic\nshow last: 5"),
    ],
    otherNames: ["head", "print", "display", "glimpse"],
    otherOptions: ["n": "rows", "limit": "rows", "head": "rows", "nrows": "rows"])
  static let subjects: Set<SubjectKind> = [.table, .split, .model, .service]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let count = call.options[rows] ?? 10
    return .look("rows", at: subject, words: call.wordsInFull(description)) { value, context throws(EngineError) in
      switch value {
      case .table(let relation):
        let rows = try context.executor.rows(relation, context.progress).rows
        var shown = DisplayTable(
          headOf: try rows.head(count, context.progress), rows: count, title: relation.name)
        shown.totalRows = rows.rowCount
        return [.table(shown)]
      case .split(let split):
        let table = try split.trainingRows(context.progress).table
        return [
          .table(SplitDisplay.table(split)),
          .table(DisplayTable(headOf: table, rows: count, title: "\(split.name), training rows")),
        ]
      case .model(let model):
        return [TrainingResult.display(model)] + (TrainingResult.board(model).map { [$0] } ?? [])
      case .service(let service):
        return [.facts([Fact("service", .text(service.address)), Fact("model", .text(service.model.name))])]
      case .look, .scalar: return []
      }
    }
  }
}
