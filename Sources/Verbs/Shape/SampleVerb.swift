import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

/// `sample 100` or `sample 0.1`
enum SampleVerb: Verb {
  static let seed = Parameter<Int>("seed", "Draws the same rows again", otherwise: "the session's seed", .atLeast(0))

  static let description = Description(
    name: "sample", summary: "Draw rows at random, without replacement", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: ["A whole number is a number of rows, a number below 1 a share. The rows keep their order."],
    positionals: [Positional("size", .scalar, "rows, or a share below 1", minimum: 1)], parameters: [seed],
    examples: [
      Example("rows", "load diamonds\nsample 1000, seed: 7\nprofile"),
      Example("a share", "load titanic\nsample 0.1, seed: 7\nshow"),
    ], otherOptions: SeedWords.otherOptions)
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .positional(let value)? = call.arguments.first?.kind else { return nil }
    guard case .known(let scalar) = value.scalar(call.scope, &sink) else { return nil }
    let size: Sample.Size
    switch scalar {
    case .cell(.int(let rows)) where rows > 0: size = .rows(Int(rows))
    case .cell(.float(let share)) where share > 0 && share < 1: size = .share(share)
    default:
      sink.report(
        .outOfBounds, "'sample' takes a number of rows above 0 or a share between 0 and 1, not \(scalar)",
        at: value.range)
      return nil
    }
    let words = "sample \(SyntaxPrinter.text(value))"
    let seed = call.options[Self.seed]
    return PlannedStage.seeded(seed, on: subject, call, &sink) { seed in
      [.choose(Sample(size, seed: seed, words: words))]
    }
  }
}
