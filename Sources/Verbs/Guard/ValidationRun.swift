import Display
import Formats
import Interpreter
import Kernels
import Plan
import Tables

/// A validation at work: which rows fail which rule, and what becomes of them.
struct ValidationRun: Sendable {
  let rules: [ValidationRule]
  let onFail: ValidateVerb.OnFail
  let quarantine: String?
  let shown: Int

  func outcome(on value: Value, _ context: RunContext) throws(EngineError) -> Outcome {
    let (name, rows) = try rows(of: value, context)
    var file: String?
    if let quarantine { file = try context.folder.resolve(quarantine) }
    var pass = try ValidationPass(rules, shown: shown, quarantine: file, of: rows, context.progress)
    try rows.fold(nil, context.progress) { chunk throws(EngineError) in
      try pass.take(chunk, context.progress)
      return true
    }
    try pass.finish(context.progress)
    let displays = self.displays(pass, name)
    let survivors = pass.failed > 0 ? try survivors(of: value, pass, context) : (value, [])
    let look = Look(
      kind: "validation", subject: survivors.0, display: .group(displays),
      figures: [
        Look.Figure("failed", .cell(.int(Int64(pass.failed)))), Look.Figure("rows", .cell(.int(Int64(pass.rowCount)))),
        Look.Figure("passed", .cell(.bool(pass.failed == 0))),
      ])
    let failure =
      pass.failed > 0 && onFail == .stop
      ? EngineError(.scoring(.invalid(rows: pass.failed, of: pass.rowCount))) : nil
    return Outcome(.look(look), displays + survivors.1, failure: failure)
  }

  private func displays(_ pass: ValidationPass, _ name: String) -> [Display] {
    let lines: [[Cell]] = pass.findings.map { found in
      [
        .text(found.rule.words), .int(Int64(pass.rowCount - found.failed - found.missing)), .int(Int64(found.failed)),
        .int(Int64(found.missing)), .text(found.failed == 0 ? "passed" : "failed"),
      ]
    }
    let table = DisplayTable(
      ["rule", "true", "false", "missing", "verdict"], rows: lines, title: "validation of \(name)")
    return [.table(table)] + pass.findings.filter { !$0.places.isEmpty }.map(example)
  }

  private func rows(of value: Value, _ context: RunContext) throws(EngineError) -> (String, Rows) {
    switch value {
    case .table(let relation): (relation.name, try context.executor.rows(relation, context.progress).rows)
    case .split(let split): ("\(split.name), training rows", .whole(try split.trainingRows(context.progress).table))
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }

  private func example(_ found: ValidationPass.Findings) -> Display {
    var builder = TableBuilder()
    for part in found.examples { builder.append(part) }
    let rows = builder.finish(ScanReport(schema: found.examples[0].schema, rowCount: builder.rowCount))
    let others = rows.names.filter { !found.rule.columns.contains($0) }
    let cells = rows.select(found.rule.columns + others)
    let numbers = Column.int(Cells(found.places.map { Int64($0 + 1) }))
    let numbered = Table([("row", numbers)] + zip(cells.names, cells.columns).map { ($0, $1) })
    var shownTable = DisplayTable(headOf: numbered, rows: shown, title: "\(found.rule.words) is false")
    shownTable.totalRows = found.failed
    return .table(shownTable)
  }

  /// The rows that passed every rule, as the subject of what follows.
  private func survivors(
    of value: Value, _ pass: ValidationPass, _ context: RunContext
  ) throws(EngineError) -> (Value, [Display]) {
    let rows = counted(pass.failed, "row")
    guard onFail == .drop || onFail == .quarantine else {
      let warning = "validate: \(rows) \(pass.failed == 1 ? "fails" : "fail") a rule"
      return (value, onFail == .warn ? [.warning(warning)] : [])
    }
    let what = quarantine.map { "set aside in \($0)" } ?? (onFail == .drop ? "dropped" : "set aside")
    let notes = [Note("validate: \(rows) \(what)")]
    let step = Step.choose(Survivors(rules: rules))
    switch value {
    case .table(let relation):
      return (.table(try relation.appending(step).settled(context).relation), [.notes(notes)])
    case .split(let split): return (.split(try split.appending(step)), [.notes(notes)])
    default: return (value, [])
    }
  }
}

/// Keeps the rows that fail no rule; a rule that is missing passes.
private struct Survivors: RowChooser {
  let rules: [ValidationRule]

  var words: String { "validate " + rules.map(\.words).joined(separator: ", ") }
  var key: StepKey { StepKey("validate", rules.map(\.key.text)) }
  var reads: [String] {
    var names: [String] = []
    for name in rules.flatMap(\.columns) where !names.contains(name) { names.append(name) }
    return names
  }

  var choice: RowDependence { rules.allSatisfy(\.isOfEachRow) ? .none : .rows }

  func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    var failing = [Bool](repeating: false, count: table.rowCount)
    for rule in rules { for row in try rule.failures(in: table, progress).rows { failing[row] = true } }
    return ChosenRows(rows: failing.indices.filter { !failing[$0] })
  }
}
