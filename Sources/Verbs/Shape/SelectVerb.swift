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
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  /// A misspelt name is told once: what was written counts as there.
  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    let written = arguments.compactMap { if case .positional(let value) = $0.kind { value.dottedName } else { nil } }
    return subject.naming(written.filter { subject.schema?.facts(of: $0) == nil })
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    if refusesNegated(call, &sink) { return nil }
    guard let schema = subject.schema, let names = call.columns(in: schema, &sink) else { return nil }
    return .recording([.select(names)], on: subject, call, &sink)
  }

  /// `select -name`, the habit of naming what is left out.
  private static func refusesNegated(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let negated = call.positionals.compactMap(\.negatedName)
    guard !negated.isEmpty, negated.count == call.positionals.count else { return false }
    sink.report(
      .otherLanguage, "'select' keeps the columns that it names", at: call.range,
      rewrite: Rewrite(call.range, "drop " + negated.map(SyntaxPrinter.name).joined(separator: ", ")))
    return true
  }
}
