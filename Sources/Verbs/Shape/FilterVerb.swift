import Descriptions
import Diagnostics
import Interpreter
import Plan

/// `filter age > 3`
enum FilterVerb: Verb {
  static let description = Description(
    name: "filter", summary: "Keep the rows for which every condition is true", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "A row for which a condition is missing is left out; the result says how many were false and how many missing. Before `split` it narrows all parts, and the model records it: rows scored later that are outside are flagged. After `split` it narrows the training part only."
    ],
    positionals: [
      Positional("conditions", .condition, "expressions that are true or false", minimum: 1, maximum: nil)
    ],
    examples: [
      Example("one condition", "load titanic\nfilter age >= 18 and class in [\"1st\", \"2nd\"]\nshow"),
      Example("rows with a value", "load penguins\nfilter sex != missing\nprofile"),
    ],
    otherNames: ["where", "query"])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let conditions = call.conditions(in: schema, &sink) else { return nil }
    let isBeforeSplit = if case .table = subject { true } else { false }
    var steps: [Step] = []
    for condition in conditions {
      guard let expression = condition.expression else { return call.open(subject) }
      steps.append(
        .choose(Filter(expression, words: "filter \(condition.words)", isRecorded: isBeforeSplit)))
    }
    let planned = PlannedStage.recording(steps, ranges: conditions.map(\.range), on: subject, call, &sink)
    let near = NearValues(conditions.compactMap(\.expression))
    return planned.map { planned in
      PlannedStage(result: planned.result, needs: planned.needs, records: planned.records) {
        value, context throws(EngineError) in
        let outcome = try planned.run(value, context)
        guard case .table(let before)? = value, case .table(let after) = outcome.value, after.schema.rowCount == 0
        else {
          return outcome
        }
        let notes = try near.notes(before, context)
        return notes.isEmpty ? outcome : Outcome(outcome.value, outcome.displays + [.notes(notes)])
      }
    }
  }
}
