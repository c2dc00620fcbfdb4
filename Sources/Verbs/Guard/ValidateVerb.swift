import Descriptions
import Diagnostics
import Display
import Expressions
import Interpreter
import Kernels
import Language
import Plan
import Tables

/// `validate unique(id), age in 18..110, on_fail: quarantine`
enum ValidateVerb: Verb {
  enum OnFail: String, ChoiceValue { case stop, warn, quarantine, drop }

  static let onFail = Parameter<OnFail>("on_fail", "What becomes of it when a rule fails", default: .stop)
  static let quarantine = Parameter<String>(
    "quarantine", "A CSV file that keeps the rows set aside", otherwise: "they are counted and shown, not kept",
    meaning: .file(.rows))
  static let shown = Parameter<Int>("show", "How many failing rows to show of each rule", default: 3, .within(0, 1000))

  static let description = Description(
    name: "validate", summary: "Check rules on every row", group: "Guard", signature: "Table → look · Split → look",
    details: [
      "A rule is an expression that is true or false; a row for which it is missing passes. `unique(column)` asks that no value comes twice; a row without one is counted as missing. Functions made with `let`, and those of the prelude such as `email(x)`, serve as rules.",
      "`stop` ends the run with exit status 4, `warn` goes on, `quarantine` sets the failing rows aside and `drop` leaves them out: what follows works on the survivors.",
    ],
    positionals: [
      Positional("rules", .condition, "expressions, or unique(column)", minimum: 1, maximum: nil)
    ],
    parameters: [onFail, quarantine, shown, WrittenFile.replace],
    examples: [
      Example(
        "counts and first failing rows",
        "load titanic\nvalidate age in 0..60, sex in [\"male\", \"female\"], on_fail: warn"),
      Example("survivors", "load penguins\nvalidate body_mass_g > 3000, on_fail: drop\nshow"),
    ],
    otherNames: ["check", "expect", "verify"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let rules = rules(call, schema, &sink) else { return nil }
    let onFail = call.options[onFail] ?? .stop
    let file = call.options[quarantine]
    if file != nil, onFail != .quarantine {
      sink.report(
        .badOption, "'quarantine' keeps rows only with on_fail: quarantine", at: call.optionRanges["quarantine"])
      return nil
    }
    let chooses = onFail == .quarantine || onFail == .drop
    if chooses, !checkFitted(rules, schema, &sink) { return nil }
    let shown = call.options[shown] ?? 3
    let result = LookType(kind: "validation", figures: ["failed", "rows", "passed"], subject: subject)
    let writes = call.written(quarantine)
    return PlannedStage(result: .look(result), words: call.wordsInFull(description), writes: writes) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.table))) }
      let run = ValidationRun(rules: rules.compactMap { $0 }, onFail: onFail, quarantine: file, shown: shown)
      return try run.outcome(on: value, context)
    }
  }

  /// The rules, nil where a column shows only when the rows arrive; nil altogether after an error, which is reported.
  private static func rules(
    _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [ValidationRule?]? {
    var rules: [ValidationRule?] = []
    var isSound = true
    for written in call.positionals {
      let words = ExpressionPrinter.text(written)
      if case .call(let inner) = written.kind, inner.function.text == "unique" {
        let columns = inner.arguments.map { call.columns($0, in: schema, &sink) }
        if columns.contains(where: { $0 == nil }) || columns.isEmpty {
          isSound = false
        } else {
          rules.append(.unique(columns.flatMap { $0 ?? [] }, words: words, range: written.range))
        }
        continue
      }
      switch call.condition(written, in: schema, &sink) {
      case .failed: isSound = false
      case .open: rules.append(nil)
      case .known(let expression): rules.append(.condition(expression, words: words, range: written.range))
      }
    }
    return isSound ? rules : nil
  }

  private static func checkFitted(
    _ rules: [ValidationRule?], _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Bool {
    var isSound = true
    for rule in rules.compactMap({ $0 }) {
      for column in rule.columns {
        guard let words = schema.facts(of: column)?.fittedBy else { continue }
        isSound = false
        sink.report(
          .fittedTooEarly, "'\(column)' comes from `\(words)`, which is fitted on the training part only",
          at: rule.range,
          help: ["validate before `\(words)`, or with on_fail: warn"])
      }
    }
    return isSound
  }
}
