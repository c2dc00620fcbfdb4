import Descriptions
import Diagnostics
import Interpreter
import Plan

/// `drop a, b`
enum DropVerb: Verb {
  static let description = Description(
    name: "drop", summary: "Leave out the columns named", group: "Shape", signature: "Table → Table · Split → Split",
    positionals: [Positional("columns", .columns, "names, lists or selectors", minimum: 1, maximum: nil)],
    examples: [
      Example("one column", "load titanic\ndrop name\nschema"),
      Example("by pattern", "load iris\ndrop matching(r\"^sepal\")\nshow"),
    ],
    otherNames: ["remove", "exclude"])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let names = call.columns(in: schema, &sink) else { return nil }
    return .recording([.drop(names)], on: subject, call, &sink)
  }
}
