import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

/// `select a, b`
enum SelectVerb: Verb {
  static let description = Description(
    name: "select", summary: "Keep the columns named, in that order", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: ["A label that was chosen before is kept, so that `select` after `label` chooses features."],
    positionals: [
      Positional("columns", .columns, "names, lists or selectors", minimum: 1, maximum: nil)
    ],
    examples: [
      Example("two columns", "load iris\nselect species, petal_length_cm\nschema"),
      Example("by type", "load penguins\nselect species, numeric()\nshow"),
    ],
    otherNames: ["keep", "project"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  /// Which names it would have made is not known.
  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { subject.opened }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let names = call.columns(in: schema, &sink) else { return nil }
    return .recording([.select(names)], on: subject, call, &sink)
  }
}
