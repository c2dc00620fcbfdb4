import Descriptions
import Diagnostics
import Interpreter
import Plan
import Training

/// `scale age = standard`
enum ScaleVerb: Verb {
  static let words = ScalingCatalog.all.map { $0.name }

  static let description = Description(
    name: "scale", summary: "Shift and scale number columns", group: "Features",
    signature: "Table → Table · Split → Split",
    details: [
      ScalingCatalog.all.map { "`\($0.name)` \($0.summary)" }.joined(separator: ", ")
        + ". The statistics are those of the training part. A constant column is only shifted."
    ],
    positionals: [
      Positional("column = method", .method(words), "columns and how to scale them", minimum: 1, maximum: nil)
    ],
    examples: [Example("all numbers", "load wine\nlabel cultivar\nscale numeric() = standard\nshow")],
    otherNames: ["standardize", "normalize", "normalise", "StandardScaler"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let entries = call.methods(words, usual: .numeric, in: schema, &sink) else {
      return nil
    }
    var steps: [Step] = []
    for (column, entry) in entries.byColumn {
      guard let method = entry.method.string.flatMap(ScalingCatalog.named) else {
        sink.report(
          .unknownMethod, "'scale' has no method \(entry.method)", at: entry.range,
          help: ["methods: " + words.joined(separator: ", ")])
        return nil
      }
      if column == schema.label?.name {
        sink.report(.labelLeak, "'\(column)' is the label; it is never scaled", at: entry.range)
        return nil
      }
      steps.append(.feature(Scale(column, method)))
    }
    return .recording(steps, ranges: entries.byColumn.map(\.use.range), on: subject, call, &sink)
  }
}
