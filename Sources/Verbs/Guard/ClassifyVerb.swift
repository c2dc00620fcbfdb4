import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Notation
import Plan
import Tables

/// `classify email = confidential, card_no = restricted`
enum ClassifyVerb: Verb {
  static let levels = ColumnLevel.allCases.map(\.rawValue)
  static let reason = Parameter<String>(
    "reason", "Why a column is of a lower level than what it is made of", otherwise: "levels are only raised", .notEmpty
  )
  static let waiver = Parameter<String>(
    "waiver", "Why a model may learn from a restricted column all the same", otherwise: "it may not", .notEmpty)

  static let description = Description(
    name: "classify", summary: "Say how sensitive columns are, or find it out", group: "Guard",
    signature: "Table → Table · Split → Split",
    details: [
      "`public` and `internal` columns are used like any other. A `confidential` one leaves the program only behind a mask, and only so a model may learn from it. A `restricted` one leaves it redacted or not at all, and no model learns from it but by a `waiver:` with its reason. A column is as sensitive as what it is made of, through every stage; a level is raised freely and lowered with a `reason:`.",
      "What would bring guarded cells into a file of rows, a report, or onto the screen of a session with `--sandbox` is the error `privacy-leak` before anything runs; a model that would learn from them is `sensitive-feature`. The request log of a service keeps the masked cell, or none. `schema` and `show` tell the levels.",
      "Without columns nothing is changed: what columns seem to hold (\(DetectionDisplay.kinds)) is shown with how many of their values say so, how sure that is, and the stage to write. A value counts by its form and, where there is one, its check digits.",
    ],
    positionals: [Positional("column = level", .method(levels), "columns and their levels", maximum: nil)],
    parameters: [reason, waiver],
    examples: [
      Example("by hand", "load titanic\nclassify name = confidential\nmask name = partial\nshow rows: 3"),
      Example("what there seems to be", "load titanic\nclassify"),
      Example(
        "a statistic that gives nobody away",
        "load titanic\nclassify age = confidential\ngroup by: class, age = mean(age)\nclassify age = internal, reason: \"means of hundreds\"\nschema"
      ),
    ],
    otherNames: ["tag", "sensitivity", "detect_pii", "scan_pii", "analyze_pii"],
    otherOptions: ["why": "reason", "because": "reason", "justification": "reason", "exception": "waiver"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  /// Detection shows words and shares, and no cell.
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema else { return nil }
    if call.arguments.isEmpty {
      guard !call.options.has(reason), !call.options.has(waiver) else {
        sink.report(.missingArgument, "a reason or a waiver is for columns that are named", at: call.range)
        return nil
      }
      return DetectionDisplay.look(at: subject, call, description)
    }
    guard let uses = call.methods(levels, usual: .text, in: schema, &sink) else { return nil }
    var claims: [(column: String, claim: Classify.Claim)] = []
    for (column, use) in uses.byColumn {
      guard let level = use.method.string.flatMap(ColumnLevel.init(rawValue:)) else {
        sink.report(
          .unknownMethod, "'classify' has no level \(use.method)", at: use.range,
          help: ["levels: \(levels.joined(separator: ", "))"])
        return nil
      }
      guard mayLower(column, to: level, schema, call, at: use.range, &sink) else { return nil }
      claims.append((column, .level(level, isWaived: level == .restricted && call.options.has(waiver))))
    }
    guard isWaiverUsed(claims.map(\.claim), call, &sink) else { return nil }
    let remark = [reason, waiver].compactMap { option in
      call.options[option].map { ", \(option.name): \(Cell.text($0).scriptText)" }
    }.joined()
    return .recording(
      [.feature(Classify(claims, remark: remark))], ranges: [call.range], on: subject, call, &sink)
  }

  private static func mayLower(
    _ column: String, to level: ColumnLevel, _ schema: RelationSchema, _ call: VerbCall, at range: SourceRange,
    _ sink: inout DiagnosticSink
  ) -> Bool {
    let before = schema.sensitivity(of: [column]).level
    guard level < before, !call.options.has(reason) else { return true }
    sink.report(
      .missingArgument, "'\(column)' is \(before.rawValue), and a level is lowered only with its reason", at: range,
      help: [
        "\(ScriptText.code("classify \(ScriptText.name(column)) = \(level.rawValue), reason: \"…\"")) says why"
      ])
    return false
  }

  private static func isWaiverUsed(
    _ claims: [Classify.Claim], _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    let isRestricted = claims.contains { if case .level(.restricted, _) = $0 { true } else { false } }
    guard call.options.has(waiver), !isRestricted else { return true }
    sink.report(
      .badOption, "a waiver is for restricted columns, and none is named", at: call.optionRanges[waiver.name],
      help: ["a confidential column feeds a model behind a `mask`"])
    return false
  }
}
