import Descriptions
import Diagnostics
import Display
import Interpreter
import Kernels
import Plan
import Tables

/// `profile`
enum ProfileVerb: Verb {
  static let top = Parameter<Int>("top", "How many frequent values to show of a column", default: 3, .within(1, 100))

  static let description = Description(
    name: "profile", summary: "Describe every column: missing, distinct, range, moments, quartiles, frequent values",
    group: "Look", signature: "Table → look · Split → look",
    details: [
      "One pass over the whole table, not a sample. The standard deviation is that of a sample (n − 1), quartiles interpolate linearly. A distinct count with ~ is an estimate."
    ],
    positionals: [Positional("columns", .columns, "the columns to describe; all without", maximum: nil)],
    parameters: [top],
    examples: [
      Example("at a glance", "load titanic\nprofile"), Example("some columns", "load penguins\nprofile numeric()"),
    ],
    otherNames: ["summarize", "summarise", "summary", "skim", "describe"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    let top = call.options[top] ?? 3
    let needs = columns.isEmpty ? ColumnNeeds.all : .columns(Set(columns))
    return .look("profile", at: subject, words: call.wordsInFull(description), needs: needs) { value, context throws(EngineError) in
      let (name, rows) = try table(value, context)
      let wanted = columns.isEmpty ? rows : rows.select(columns)
      let profile = try EngineError.checking { () throws(Cancelled) in
        try TableProfile(of: wanted, top: top, context.progress)
      }
      return ProfileDisplay.displays(profile, name: name)
    }
  }

  private static func table(_ value: Value, _ context: RunContext) throws(EngineError) -> (String, Table) {
    switch value {
    case .table(let relation): (relation.name, try context.executor.table(relation, columns: nil, context.progress))
    case .split(let split): ("\(split.name), training rows", try split.trainingRows(context.progress).table)
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }
}
