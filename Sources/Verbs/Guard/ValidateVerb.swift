import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Validation

/// `validate unique(id), age in 18..110, on_fail: quarantine`
enum ValidateVerb: Verb {
  enum OnFail: String, ChoiceValue { case stop, warn, quarantine, drop }

  static let onFail = Parameter<OnFail>("on_fail", "What becomes of it when a rule fails", default: .stop)
  static let warn = Parameter<Double>(
    "warn", "Warn where more than this share of the rows fails a rule", otherwise: "as `on_fail` says", .within(0, 1))
  static let stop = Parameter<Double>(
    "stop", "Stop where more than this share of the rows fails a rule", otherwise: "as `on_fail` says", .within(0, 1))
  static let quarantine = Parameter<String>(
    "quarantine", "A file that keeps the rows set aside, with the rules that each broke in a column `reason`",
    otherwise: "they are counted and shown, not kept", meaning: .file(.rows))
  static let extract = Parameter<String>(
    "extract", "A file that keeps each failing row once for each rule that it broke, with its number and the rule",
    otherwise: "the first ones are shown, none is kept", meaning: .file(.rows))
  static let report = Parameter<String>(
    "report",
    "A file of JSON Lines to which the result is added, a line for each rule; what it has of earlier runs is shown",
    otherwise: "the result is shown, not kept", meaning: .file(.any))
  static let isGuard = Parameter<Bool>(
    "guard", "Whether the rules travel inside the model, which then answers no row that breaks one", default: false)
  static let shown = Parameter<Int>("show", "How many failing rows to show of each rule", default: 3, .within(0, 1000))

  static let description = Description(
    name: "validate", summary: "Check rules on every row and on the table", group: "Guard",
    signature: "Table → look · Split → look",
    details: [
      "A rule is an expression that is true or false; a row for which it is missing passes. Functions made with `let`, and those of the prelude such as `email(x)`, serve as rules. A condition on statistics alone, `mean(age) in 20..40`, is one of the whole table.",
      "Rules with a name of their own: "
        + RuleForm.allCases.map { "`\($0.signature)`: \($0.summary)" }.joined(separator: "; ") + ".",
      "`stop` ends the run with exit status 4, `warn` goes on, `quarantine` sets the failing rows aside and `drop` leaves them out: what follows works on the survivors. A rule of the whole table has no rows to set aside, and stops unless `on_fail: warn`.",
      "`warn: 0.01, stop: 0.05` allow for some failing rows: of those that a rule is true or false for, a rule warns when more than the first share fails it, and stops when more than the second does. They hold of all rules of the stage, or of one, as in `range(age, 18, 110, stop: 0.05)` or `rule(spend < 2 * income, warn: 0, name: \"plausible spending\")`; `on_fail` then only says whether the failing rows go on.",
      "With `guard: true` a rule of single rows travels inside the model: the server refuses a request that breaks it with status 422 and the rule's text, and `predict` gives such a row no answer. Statistics in it are those of the training part. Packages keep guards; formats for other programs have no place for them, which `export` tells.",
      "Rows are gone through once; `unique` and `foreign_key` read their own columns before that.",
    ],
    positionals: [
      Positional("rules", .rule(RuleForm.calls), "expressions, or rules by name", minimum: 1, maximum: nil)
    ],
    parameters: [onFail, warn, stop, quarantine, extract, report, isGuard, shown, WrittenFile.replace],
    examples: [
      Example(
        "counts and first failing rows",
        "load titanic\nvalidate age in 0..60, sex in [\"male\", \"female\"], on_fail: warn"),
      Example("survivors", "load penguins\nvalidate body_mass_g > 3000, on_fail: drop\nshow"),
      Example(
        "rules by name, with limits",
        "load titanic\nvalidate not_missing(name), range(age, 0, 60, stop: 0.05), unique(name), row_count(1000, 2000), warn: 0.01"
      ),
      Example(
        "a result that is kept",
        "load seattle_weather\nvalidate increasing(date, strict: true), range(wind, 0, 12), on_fail: warn, report: \"checks.jsonl\""
      ),
      Example(
        "a guard of the model",
        "load penguins\nvalidate range(body_mass_g, 2000, 7000), guard: true\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npredict penguins\nshow rows: 3"
      ),
    ],
    otherNames: ["check", "expect", "verify"],
    otherOptions: ["mostly": "stop", "severity": "warn", "actions": "on_fail", "thresholds": "stop"],
    references: [
      "Schelter and others (2018), Automating Large-Scale Data Quality Verification",
      "Breck and others (2019), Data Validation for Machine Learning",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static let writesRows = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema else { return nil }
    let onFail = call.options.value(onFail, else: .stop)
    let limits = RuleLimits(warn: call.options[warn], stop: call.options[stop])
    let reader = RuleReader(call: call, schema: schema, limits: limits, isGuard: call.options[isGuard] ?? false)
    guard let rules = reader.rules(&sink), optionsSuit(onFail, rules, call, &sink) else { return nil }
    let chooses = onFail == .quarantine || onFail == .drop
    if chooses, !checkFitted(rules, schema, &sink) { return nil }
    guard let result = guarded(subject, rules, &sink) else { return nil }
    let look = LookType(kind: "validation", figures: ["failed", "rows", "passed"], subject: result)
    let isOfTheMoment = call.options[report] != nil || rules.contains(where: \.isOfTheMoment)
    let run = ValidationRun(
      rules: rules, onFail: onFail, quarantine: call.options[quarantine], extract: call.options[extract],
      report: call.options[report], shown: call.options.value(shown, else: 3))
    return PlannedStage(
      result: .look(look), words: call.wordsInFull(description), writes: writes(call),
      reads: ReadFiles(allOf: rules.map(\.reads)), repetition: isOfTheMoment ? .never : .kept
    ) { value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.table))) }
      return try run.outcome(on: value, context)
    }
  }

  private static func writes(_ call: VerbCall) -> [WrittenFile] {
    let added = call.options[report].map { [WrittenFile($0, at: call.optionRanges[report.name], .adds)] } ?? []
    return call.written(quarantine) + call.written(extract) + added
  }

  /// Whether what is said of files and limits goes together; reports what does not.
  private static func optionsSuit(
    _ onFail: OnFail, _ rules: [PlannedRule], _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    let errors = sink.diagnostics.count
    if call.options[quarantine] != nil, onFail != .quarantine {
      sink.report(
        .badOption, "'quarantine' keeps rows only with on_fail: quarantine", at: call.optionRanges[quarantine.name],
        help: ["`extract` keeps them whatever becomes of them"])
    }
    var places: Set<String> = []
    for option in [quarantine, extract, report] {
      guard let path = call.options[option], let place = WorkingFolder.place(of: path) else { continue }
      if places.insert(place).inserted { continue }
      sink.report(.badOption, "'\(path)' is written twice by this stage", at: call.optionRanges[option.name])
    }
    var told: [RuleLimits] = []
    for rule in rules where !told.contains(rule.limits) {
      guard let warn = rule.limits.warn, let stop = rule.limits.stop, stop < warn else { continue }
      told.append(rule.limits)
      sink.report(
        .badOption, "a rule that stops above \(stop) never warns above \(warn)", at: rule.range,
        help: ["`stop` is the greater share"])
    }
    return sink.diagnostics.count == errors
  }

  /// The subject after the guards among the rules; nil after reporting one that cannot be.
  private static func guarded(
    _ subject: ValueType, _ rules: [PlannedRule], _ sink: inout DiagnosticSink
  ) -> ValueType? {
    guard var schema = subject.schema else { return nil }
    for rule in rules {
      guard let step = rule.step else { continue }
      do throws(EngineError) { try step.apply(to: &schema) } catch {
        sink.report(error, at: rule.range)
        return nil
      }
    }
    switch subject {
    case .table: return .table(schema)
    case .split(var split):
      split.schema = schema
      return .split(split)
    default: return nil
    }
  }

  private static func checkFitted(
    _ rules: [PlannedRule], _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Bool {
    var isSound = true
    for rule in rules {
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
