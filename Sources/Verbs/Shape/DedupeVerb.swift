import Descriptions
import Diagnostics
import Interpreter
import Plan

/// `dedupe email`
enum DedupeVerb: Verb {
  static let description = Description(
    name: "dedupe", summary: "Keep the first of the rows that are equal", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: ["Without columns, rows are equal when every cell is. Missing equals missing."],
    positionals: [Positional("columns", .columns, "what has to be equal", maximum: nil)],
    examples: [
      Example("whole rows", "load iris\ndedupe"), Example("by columns", "load penguins\ndedupe species, island\nshow"),
    ],
    otherNames: ["distinct", "unique", "drop_duplicates"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let named = call.columns(in: schema, &sink) else { return nil }
    let words = named.isEmpty ? "dedupe" : "dedupe " + named.joined(separator: ", ")
    let columns = named.isEmpty ? schema.names : named
    return .recording([.choose(Dedupe(by: columns, words: words))], on: subject, call, &sink)
  }
}
