import Diagnostics
import Expressions
import Interpreter
import Language
import Notation
import Plan
import Tables
import Validation

/// Reads the rules of a call over the columns of a schema.
struct RuleReader {
  let call: VerbCall
  let schema: RelationSchema
  /// What holds of rules that say nothing else.
  let limits: RuleLimits
  let isGuard: Bool

  /// The rules, without those of which a column shows only when the rows arrive; nil after an error, which is reported.
  func rules(_ sink: inout DiagnosticSink) -> [PlannedRule]? {
    var rules: [PlannedRule] = []
    var isSound = true
    for written in call.positionals {
      switch rule(written, &sink) {
      case .failed: isSound = false
      case .open: break
      case .known(let rule):
        isSound = mayGuard(rule, &sink) && isSound
        rules.append(rule)
      }
    }
    return isSound ? rules : nil
  }

  private func rule(_ written: Expr, _ sink: inout DiagnosticSink) -> ReadRule {
    if case .call(let inner) = written.kind, call.scope.function(named: inner.function.text) == nil {
      if let form = RuleForm(rawValue: inner.function.text) {
        guard let frame = frame(form, inner, written, &sink) else { return .failed }
        return FormReader(rules: self, form: form, written: inner, frame: frame).rule(&sink)
      }
      if reportNearForm(inner, &sink) { return .failed }
    }
    let frame = RuleFrame(
      words: ExpressionPrinter.text(written), range: written.range, limits: limits, isGuard: isGuard)
    return condition(written, frame, &sink)
  }

  /// A condition over the columns as a rule.
  func condition(_ written: Expr, _ frame: RuleFrame, _ sink: inout DiagnosticSink) -> ReadRule {
    switch call.condition(written, in: schema, &sink) {
    case .failed: .failed
    case .open: .open
    case .known(let expression): .known(PlannedRule(frame, ConditionTest(expression), condition: expression))
    }
  }

  /// Whether a name that is no function's is nearly one of a form, which is then reported.
  private func reportNearForm(_ call: Language.Call, _ sink: inout DiagnosticSink) -> Bool {
    let name = call.function.text
    guard Callable.named(name, arity: call.arguments.count) == nil,
      let near = didYouMean(name, among: RuleForm.allCases.map(\.rawValue) + Callable.all.map(\.description.name)),
      let form = RuleForm(rawValue: near)
    else { return false }
    sink.report(
      .unknownFunction, "no rule or function '\(name)'", at: call.function.range,
      label: NearestName.hint(name, in: [near]),
      help: ["\(form.signature): \(form.summary)"], rewrite: Rewrite(call.function.range, near))
    return true
  }

  // MARK: What is said of a rule

  /// The options of a form's call, with the form as it is called without them; nil after an error, which is reported.
  private func frame(
    _ form: RuleForm, _ inner: Language.Call, _ written: Expr, _ sink: inout DiagnosticSink
  ) -> RuleFrame? {
    guard form.arity.contains(inner.arguments.count) else {
      sink.report(
        inner.arguments.count < form.arity.lowerBound ? .missingArgument : .unexpectedArgument,
        "'\(form.rawValue)' does not take \(counted(inner.arguments.count, "argument"))", at: written.range,
        label: form.signature, help: [form.summary])
      return nil
    }
    var plain = inner
    plain.options = inner.options.filter { form.ownOptions.contains($0.key.text) }
    let core = form == .rule ? inner.arguments[0] : Expr(.call(plain), at: written.range)
    var frame = RuleFrame(
      words: ExpressionPrinter.text(core), range: written.range, limits: limits, isGuard: isGuard)
    var (warn, stop): (Double?, Double?)
    let errors = sink.diagnostics.count
    for option in inner.options {
      switch option.key.text {
      case "warn": warn = share(option, &sink)
      case "stop": stop = share(option, &sink)
      case "guard": frame.isGuard = truth(option, &sink) ?? false
      case "name": frame.words = text(option, &sink) ?? ""
      case let name where form.ownOptions.contains(name): break
      default: reportUnknown(option, form, &sink)
      }
    }
    if warn != nil || stop != nil { frame.limits = RuleLimits(warn: warn, stop: stop) }
    return sink.diagnostics.count == errors ? frame : nil
  }

  private func reportUnknown(_ option: RecordEntry, _ form: RuleForm, _ sink: inout DiagnosticSink) {
    let known = form.ownOptions + RuleForm.commonOptions
    let near = didYouMean(option.key.text, among: known)
    sink.report(
      .unknownOption, "'\(form.rawValue)' has no option '\(option.key.text)'", at: option.key.range,
      label: NearestName.hint(option.key.text, in: known),
      help: ["options of this rule: \(known.joined(separator: ", "))"],
      rewrite: near.map { Rewrite(option.key.range, $0) })
  }

  private func share(_ option: RecordEntry, _ sink: inout DiagnosticSink) -> Double? {
    guard let value = call.scalar(option.value, &sink) else { return nil }
    if case .cell(let cell) = value, let share = cell.number, share >= 0, share <= 1 { return share }
    report("'\(option.key.text)' is a share of the rows, from 0 to 1, not \(value)", option, &sink)
    return nil
  }

  func truth(_ option: RecordEntry, _ sink: inout DiagnosticSink) -> Bool? {
    guard let value = call.scalar(option.value, &sink) else { return nil }
    if case .cell(.bool(let truth)) = value { return truth }
    report("'\(option.key.text)' is true or false, not \(value)", option, &sink)
    return nil
  }

  private func text(_ option: RecordEntry, _ sink: inout DiagnosticSink) -> String? {
    guard let value = call.scalar(option.value, &sink) else { return nil }
    if case .cell(.text(let text)) = value, !text.isEmpty { return text }
    report("'\(option.key.text)' is a text, not \(value)", option, &sink)
    return nil
  }

  private func report(_ message: String, _ option: RecordEntry, _ sink: inout DiagnosticSink) {
    sink.report(.badOption, message, at: option.value.range)
  }

  // MARK: Guards

  /// Whether a rule that is to be a guard can be asked of a request, which is one row without a label; reports why not.
  private func mayGuard(_ rule: PlannedRule, _ sink: inout DiagnosticSink) -> Bool {
    guard rule.isGuard else { return true }
    guard rule.condition != nil, rule.reach != .table else {
      sink.report(
        .badOption, "\(ScriptText.code(rule.words)) looks at more than one row, and a guard is asked of one",
        at: rule.range, help: ["put it into a `validate` without `guard: true`"])
      return false
    }
    guard let label = schema.label else { return true }
    let tells = label.origins.union([label.name])
    let telling = rule.columns.first { name in
      tells.contains(name) || !(schema.facts(of: name)?.origins.isDisjoint(with: tells) ?? true)
    }
    guard let telling else { return true }
    sink.report(
      EngineError(.label(.guarded(telling, by: "validate \(rule.words), guard: true"))), at: rule.range)
    return false
  }
}
