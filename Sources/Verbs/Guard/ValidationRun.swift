import Display
import Formats
import Interpreter
import Kernels
import Notation
import Plan
import Serving
import Tables
import Validation

/// A validation at work: which rows fail which rule, and what becomes of them.
struct ValidationRun: Sendable {
  let rules: [PlannedRule]
  let onFail: ValidateVerb.OnFail
  let quarantine: String?
  let extract: String?
  let report: String?
  let shown: Int

  func outcome(on value: Value, _ context: RunContext) throws(EngineError) -> Outcome {
    let looked = try LookedRows(value, context)
    var asked: [ValidationRule] = []
    for rule in rules { asked.append(try rule.rule(context)) }
    // Read before the rows: a file that is none is told at once.
    var history: ValidationHistory?
    if let report { history = try ValidationHistory(try context.folder.resolve(report)) }
    let pass = try pass(asked, over: looked.rows, context)
    try history?.add(pass, table: looked.name, at: Moment.now.utc)
    let display = ValidationDisplay(pass, name: looked.name, shown: shown)
    let displays = display.all + (history.map { TrendDisplay($0, pass, name: looked.name).all } ?? [])
    let (survivors, notes) = try survivors(of: value, pass, asked, context)
    let passed = pass.findings.allSatisfy { $0.verdict == .passed }
    let look = Look(
      kind: "validation", subject: survivors, display: .group(displays),
      figures: [
        Look.Figure("failed", .cell(.int(Int64(pass.failed)))), Look.Figure("rows", .cell(.int(Int64(pass.rowCount)))),
        Look.Figure("passed", .cell(.bool(passed))),
      ])
    return Outcome(.look(look), displays + notes, failure: failure(pass))
  }

  private func pass(
    _ rules: [ValidationRule], over rows: Rows, _ context: RunContext
  ) throws(EngineError) -> ValidationPass {
    var pass = try ValidationPass(
      rules, shown: shown, quarantine: try file(quarantine, context), extract: try file(extract, context), of: rows,
      context.progress)
    try rows.fold(nil, context.progress) { chunk throws(EngineError) in
      try pass.take(chunk, context.progress)
      return true
    }
    try pass.finish(context.progress)
    return pass
  }

  private func file(_ path: String?, _ context: RunContext) throws(EngineError) -> ValidationFile? {
    guard let path else { return nil }
    let format = FormatCatalog.format(of: path) as? any TableWriting.Type ?? CSVFormat.self
    return ValidationFile(try context.folder.resolve(path), format)
  }

  /// What ends the run: rules beyond their `stop`, and without limits those that nothing else is done about.
  private func failure(_ pass: ValidationPass) -> EngineError? {
    let stopping = pass.findings.filter { found in
      guard found.verdict == .failed else { return false }
      if found.rule.limits.isSet { return true }
      return onFail == .stop || onFail != .warn && found.rule.test.reach == .table
    }
    if stopping.isEmpty { return nil }
    let ofTable = stopping.count { $0.rule.test.reach == .table }
    let rows = stopping.count > ofTable ? pass.failed : 0
    return EngineError(.scoring(.invalid(rows: rows, of: pass.rowCount, ofTable: ofTable)))
  }

  /// The rows that go on, as the subject of what follows, with what is told of it.
  private func survivors(
    of value: Value, _ pass: ValidationPass, _ asked: [ValidationRule], _ context: RunContext
  ) throws(EngineError) -> (Value, [Display]) {
    let rows = counted(pass.failed, "row")
    let chooses = onFail == .drop || onFail == .quarantine
    var steps = rules.compactMap(\.step)
    if chooses, pass.failed > 0 { steps.append(.choose(Survivors(asked))) }
    var notes = pass.findings.compactMap(Self.warning)
    if onFail == .warn, pass.findings.contains(where: { $0.verdict == .failed && !$0.rule.limits.isSet }) {
      notes += warnings(pass)
    }
    if chooses, pass.failed > 0 {
      let what = quarantine.map { "set aside in \($0)" } ?? (onFail == .drop ? "dropped" : "set aside")
      notes.append(Note("validate: \(rows) \(what)"))
    }
    if let extract, pass.failed > 0 { notes.append(Note("validate: failing rows in \(extract)")) }
    let told: [Display] = notes.isEmpty ? [] : [.notes(notes)]
    if steps.isEmpty { return (value, told) }
    switch value {
    case .table(let relation): return (.table(try relation.appending(steps).settled(context).relation), told)
    case .split(var split):
      for step in steps { split = try split.appending(step) }
      return (.split(split), told)
    default: return (value, told)
    }
  }

  private func warnings(_ pass: ValidationPass) -> [Note] {
    var notes: [Note] = []
    if pass.failed > 0 {
      let rows = counted(pass.failed, "row")
      notes.append(Note(.warning, "validate: \(rows) \(pass.failed == 1 ? "fails" : "fail") a rule"))
    }
    let ofTable = pass.findings.count { $0.rule.test.reach == .table && $0.verdict == .failed }
    if ofTable > 0 {
      let words = "\(counted(ofTable, "rule")) of the whole table \(ofTable == 1 ? "does" : "do") not hold"
      notes.append(Note(.warning, "validate: \(words)"))
    }
    return notes
  }

  /// What is told of a rule beyond its `warn`.
  private static func warning(_ found: ValidationPass.Findings) -> Note? {
    guard found.verdict == .warned, let limit = found.rule.limits.warn else { return nil }
    let words = ScriptText.code(found.rule.words)
    if found.rule.test.reach == .table { return Note(.warning, "validate: \(words) does not hold") }
    return Note(
      .warning,
      "validate: \(words) is false for \(counted(found.failed, "row")), a larger share than \(NumberText.figure(limit))"
    )
  }
}
