import Descriptions
import Diagnostics
import Display
import Interpreter
import Kernels
import Language
import Plan
import Validation

/// `suggest_rules`
enum SuggestRulesVerb: Verb {
  static let description = Description(
    name: "suggest_rules", summary: "Propose rules that the rows at hand keep, as a `validate` to paste", group: "Look",
    signature: "Table → look · Split → look",
    details: [
      "Proposed are `not_missing` of columns without a gap, `unique` of columns in which no value comes twice, `in_set` of texts that take few values, `range` of numbers, dates and lengths of texts, `matches` of texts that look alike, functions of the prelude such as `email`, and `increasing` of times in order.",
      "Every rule that is shown was asked of all rows, and holds. What will come may be wider: move the ends, and leave out what is so by chance. The script is a figure too: `as s`, then `s.script`.",
    ],
    positionals: [Positional("columns", .columns, "the columns to propose rules for; all without", maximum: nil)],
    examples: [
      Example("of all columns", "load penguins\nsuggest_rules"),
      Example("of some", "load seattle_weather\nsuggest_rules date, weather"),
    ],
    otherNames: ["propose_rules", "scan_data", "draft_validation", "onboarding"])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    let type = LookType(kind: "suggestions", figures: ["rules", "script"], subject: subject)
    let needs = columns.isEmpty ? ColumnNeeds.all : .columns(Set(columns))
    return PlannedStage(result: .look(type), words: call.wordsInFull(description), needs: needs) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.look))) }
      let looked = try LookedRows(value, context)
      let wanted = columns.isEmpty ? nil : columns
      let proposed = try RuleSuggestions(looked.rows, wanted, call.scope, context.progress).rules
      let kept = try holding(proposed, of: looked, call, context)
      let script = script(kept)
      let displays: [Display] = [
        .text(script),
        .note(
          "suggest_rules: \(counted(kept.count, "rule")) that \(counted(looked.rows.rowCount, "row")) of \(looked.name) keep"
        ),
      ]
      let figures = [
        Look.Figure("rules", .cell(.int(Int64(kept.count)))), Look.Figure("script", .cell(.text(script))),
      ]
      return Outcome(
        .look(Look(kind: "suggestions", subject: value, display: .group(displays), figures: figures)), displays)
    }
  }

  /// As a script holds them.
  private static func script(_ rules: [Expr]) -> String {
    if rules.isEmpty { return "# no rule that these rows keep" }
    return "validate " + rules.map(ExpressionPrinter.text).joined(separator: ",\n  ")
  }

  /// Rows that are asked first, so that what fails at once is not asked of all.
  private static let firstRows = 1000

  /// The rules among those proposed that every row keeps: they are read as the script will be.
  private static func holding(
    _ proposed: [Expr], of looked: LookedRows, _ call: VerbCall, _ context: RunContext
  ) throws(EngineError) -> [Expr] {
    let head = try looked.rows.head(firstRows, context.progress)
    let likely = try holding(proposed, over: .whole(head), name: looked.name, call, context)
    if looked.rows.rowCount <= head.rowCount { return likely }
    return try holding(likely, over: looked.rows, name: looked.name, call, context)
  }

  private static func holding(
    _ proposed: [Expr], over rows: Rows, name: String, _ call: VerbCall, _ context: RunContext
  ) throws(EngineError) -> [Expr] {
    let schema = RelationSchema(
      name: name,
      columns: rows.columns.map { ($0.field.name, ColumnFacts(type: $0.field.type, origins: [$0.field.name])) })
    var asked: [(written: Expr, rule: ValidationRule)] = []
    for written in proposed {
      // Whatever cannot be asked is not proposed.
      var unread = DiagnosticSink()
      let alone = VerbCall(
        verb: call.verb, range: call.range, arguments: [Argument(.positional(written))], options: Options(),
        optionRanges: [:], optionExpressions: [:], scope: call.scope, namedTypes: [:])
      let reader = RuleReader(call: alone, schema: schema, limits: RuleLimits(), isGuard: false)
      guard let rule = reader.rules(&unread)?.first else { continue }
      asked.append((written, try rule.rule(context)))
    }
    var pass = try ValidationPass(asked.map { $0.rule }, shown: 0, of: rows, context.progress)
    try rows.fold(Set(asked.flatMap { $0.rule.test.columns }), context.progress) { chunk throws(EngineError) in
      try pass.take(chunk, context.progress)
      return true
    }
    try pass.finish(context.progress)
    return zip(asked, pass.findings).compactMap { $1.verdict == .passed ? $0.written : nil }
  }
}
