import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Tables

/// `show`
enum ShowVerb: Verb {
  static let rows = Parameter<Int>("rows", "How many rows", default: 10, .within(1, 100_000))

  static let last = Parameter<Int>(
    "last", "How many of the last rows", otherwise: "the first rows", .within(1, 100_000))

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
    if call.options.has(rows), call.options.has(last) {
      sink.report(
        .badOption, "either the first or the last rows are shown", at: call.optionRanges[last.name] ?? call.range,
        label: "leave out one of 'rows' and 'last'")
      return nil
    }
    let part = Part(count: call.options[last] ?? call.options[rows] ?? 10, isEnd: call.options.has(last))
    return .look("rows", at: subject, words: call.wordsInFull(description)) { value, context throws(EngineError) in
      switch value {
      case .table(let relation):
        return [
          .table(try part.shown(of: context.executor.rows(relation, context.progress).rows, relation.name, context))
        ] + LevelsDisplay.notes(relation.schema)
      case .split(let split):
        let table = try split.trainingRows(context.progress).table
        return [
          .table(SplitDisplay.table(split)),
          .table(try part.shown(of: .whole(table), "\(split.name), training rows", context)),
        ] + LevelsDisplay.notes(split.schema)
      case .model(let model):
        return [TrainingResult.display(model)] + (TrainingResult.board(model).map { [$0] } ?? [])
      case .service(let service):
        return [.facts([Fact("service", .text(service.address)), Fact("model", .text(service.model.name))])]
      case .look, .scalar: return []
      }
    }
  }

  /// Which rows are shown.
  private struct Part: Sendable {
    let count: Int
    /// Whether they are the last ones.
    let isEnd: Bool

    func shown(of rows: Rows, _ title: String, _ context: RunContext) throws(EngineError) -> DisplayTable {
      let table = isEnd ? try rows.last(count, context.progress) : try rows.head(count, context.progress)
      var shown = DisplayTable(headOf: table, rows: count, title: isEnd ? "\(title), last rows" : title)
      shown.totalRows = rows.rowCount
      return shown
    }
  }
}
