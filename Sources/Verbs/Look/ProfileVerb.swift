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
    return .look("profile", at: subject, words: call.wordsInFull(description), needs: needs) {
      value, context throws(EngineError) in
      let (name, rows) = try rows(value, context)
      let profile = try rows.profile(of: columns.isEmpty ? nil : columns, top: top, context.progress)
      return ProfileDisplay.displays(profile, name: name)
    }
  }

  private static func rows(_ value: Value, _ context: RunContext) throws(EngineError) -> (String, Rows) {
    switch value {
    case .table(let relation): (relation.name, try context.executor.rows(relation, context.progress).rows)
    case .split(let split): ("\(split.name), training rows", .whole(try split.trainingRows(context.progress).table))
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }
}

extension Rows {
  /// The profile of the columns named in their order, or of all. Rows that are not all in memory are looked at chunk by chunk.
  func profile(of columns: [String]?, top: Int, _ progress: Progress) throws(EngineError) -> TableProfile {
    if case .whole(let table) = self {
      return try EngineError.checking { () throws(Cancelled) in
        try TableProfile(of: columns.map(table.select) ?? table, top: top, progress)
      }
    }
    let fields = self.columns.map(\.field)
    let wanted = columns?.compactMap { name in fields.first { $0.name == name } } ?? fields
    var builder = TableProfile.Builder(Schema(wanted), top: top)
    try fold(Set(wanted.map(\.name)), progress) { chunk throws(EngineError) in
      try EngineError.checking { () throws(Cancelled) in
        try builder.take(chunk.select(wanted.map(\.name)), progress)
      }
      return true
    }
    return builder.finish()
  }
}
