import Descriptions
import Diagnostics
import Interpreter
import Kernels
import Learners
import Plan
import Tables
import Training

/// `impute age = median, plan = mode`
enum ImputeVerb: Verb {
  static let flag = Parameter<Bool>(
    "flag", "Add a bool column NAME_missing that says where cells were missing", default: false)
  static let words = ["mean", "median", "mode", "forward"]

  static let description = Description(
    name: "impute", summary: "Fill missing cells", group: "Features", signature: "Table → Table · Split → Split",
    details: [
      "`mean`, `median` and `mode` are statistics of the training part, wherever the stage stands; a value in quotes or a number fills as it is. `forward` takes the last value above and needs rows in order, so it stands before `split`. A mean or median of whole numbers is a float.",
      "An explicit column beats a selector: `impute numeric() = median, age = 0`.",
    ],
    positionals: [
      Positional("column = method", .method(words), "columns and how to fill them", minimum: 1, maximum: nil)
    ],
    parameters: [flag],
    examples: [
      Example("by type", "load penguins\nimpute numeric() = median, sex = mode\nschema"),
      Example("with a flag", "load titanic\nimpute age = median, flag: true\nshow"),
      Example("from the row above", "load penguins\nimpute sex = forward\nshow"),
    ],
    otherNames: ["fillna", "fill_null", "SimpleImputer"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema,
      let entries = call.methods(words, allowsValues: true, usual: .numeric, in: schema, &sink)
    else {
      return nil
    }
    var steps: [Step] = []
    var ranges: [SourceRange] = []
    var forward: [String] = []
    let flag = call.options.value(flag, else: false)
    for (column, entry) in entries.byColumn {
      if column == schema.label?.name {
        sink.report(.labelLeak, "'\(column)' is the label; it is never filled", at: entry.range)
        return nil
      }
      if entry.method == .word("forward") {
        forward.append(column)
      } else if let method = method(entry.method, &sink, at: entry.range) {
        guard !flag || isFlagFree(column, schema, call, &sink) else { return nil }
        steps.append(.feature(Impute(column, method, flag: flag)))
        ranges.append(entry.range)
      } else {
        return nil
      }
    }
    guard !forward.isEmpty else { return .recording(steps, ranges: ranges, on: subject, call, &sink) }
    return plan(forward: forward, others: steps, on: subject, call, &sink)
  }

  /// Whether there is no column yet of the name that the flag takes; reports one.
  private static func isFlagFree(
    _ column: String, _ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    let name = Impute.flagColumn(of: column)
    guard schema.facts(of: name) != nil else { return true }
    sink.report(EngineError(.column(.taken(name))), at: call.optionRanges[flag.name] ?? call.range)
    return false
  }

  private static func method(
    _ raw: RawValue, _ sink: inout DiagnosticSink, at range: SourceRange
  ) -> Impute.Method? {
    switch raw {
    case .word("mean"): return .mean
    case .word("median"): return .median
    case .word("mode"): return .mode
    case .int(let value): return .constant(.int(value))
    case .float(let value): return .constant(.float(value))
    case .text(let text): return .constant(.text(text))
    case .bool(let value): return .constant(.bool(value))
    case .date(let days): return .constant(.date(days))
    case .datetime(let microseconds): return .constant(.datetime(microseconds))
    default:
      sink.report(
        .unknownMethod, "'impute' cannot fill with \(raw)", at: range,
        help: ["methods: \(words.joined(separator: ", ")), or a value"])
      return nil
    }
  }

  /// Filling from above changes the table as a whole; statistics of the same stage are recorded after it.
  private static func plan(
    forward: [String], others: [Step], on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard case .table(let schema) = subject else {
      sink.report(
        .wrongSubject, "'impute … = forward' reads the row above, which is in another part", at: call.range,
        label: "put it before `split`")
      return nil
    }
    let transform = ForwardFill(forward)
    let filled: RelationSchema
    do throws(EngineError) {
      filled = try transform.result(schema)
    } catch {
      sink.report(error, at: call.range)
      return nil
    }
    guard let rest = PlannedStage.recording(others, on: .table(filled), call, &sink) else { return nil }
    return PlannedStage(result: rest.result) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let next = try Relation(relation, transformedBy: transform)
      let (settled, collected) = try next.settled(context)
      let said = StageNotes.displays(collected.notes)
      if others.isEmpty { return Outcome(.table(settled), said) }
      let outcome = try rest.run(.table(settled), context)
      return Outcome(outcome.value, said + outcome.displays)
    }
  }
}
