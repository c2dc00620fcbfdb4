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
    let (name, table) = try rows(of: value, context)
    var failing = [Bool](repeating: false, count: table.rowCount)
    var lines: [[Cell]] = []
    var examples: [Display] = []
    for rule in rules {
      let (rows, missing) = try rule.failures(in: table, context.progress)
      for row in rows { failing[row] = true }
      lines.append([
        .text(rule.words), .int(Int64(table.rowCount - rows.count - missing)), .int(Int64(rows.count)),
        .int(Int64(missing)),
        .text(rows.isEmpty ? "passed" : "failed"),
      ])
      if !rows.isEmpty, shown > 0 { examples.append(example(rule, rows, table)) }
    }
    let failed = failing.count { $0 }
    let displays =
      [
        .table(
          DisplayTable(["rule", "true", "false", "missing", "verdict"], rows: lines, title: "validation of \(name)"))
      ]
      + examples
    let survivors = failed > 0 ? try survivors(of: value, failing, table, context) : (value, [])
    let look = Look(
      kind: "validation", subject: survivors.0, display: .group(displays),
      figures: [
        Look.Figure("failed", .cell(.int(Int64(failed)))), Look.Figure("rows", .cell(.int(Int64(table.rowCount)))),
        Look.Figure("passed", .cell(.bool(failed == 0))),
      ])
    let failure =
      failed > 0 && onFail == .stop
      ? EngineError(.scoring(.invalid(rows: failed, of: table.rowCount))) : nil
    return Outcome(.look(look), displays + survivors.1, failure: failure)
  }

  private func rows(of value: Value, _ context: RunContext) throws(EngineError) -> (String, Table) {
    switch value {
    case .table(let relation): (relation.name, try context.executor.table(relation, columns: nil, context.progress))
    case .split(let split): ("\(split.name), training rows", try split.trainingRows(context.progress).table)
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }

  private func example(_ rule: ValidationRule, _ rows: [Int], _ table: Table) -> Display {
    let first = Array(rows.prefix(shown))
    let numbers = Column.int(Cells(first.map { Int64($0 + 1) }))
    let others = table.names.filter { !rule.columns.contains($0) }
    let columns = rule.columns + others
    let cells = table.select(columns).take(first)
    let numbered = Table([("row", numbers)] + zip(cells.names, cells.columns).map { ($0, $1) })
    var shownTable = DisplayTable(headOf: numbered, rows: shown, title: "\(rule.words) is false")
    shownTable.totalRows = rows.count
    return .table(shownTable)
  }

  /// The rows that passed every rule, as the subject of what follows.
  private func survivors(
    of value: Value, _ failing: [Bool], _ table: Table, _ context: RunContext
  ) throws(EngineError) -> (Value, [Display]) {
    guard onFail == .drop || onFail == .quarantine else {
      return (value, onFail == .warn ? [.warning("validate: \(failing.count { $0 }) rows fail a rule")] : [])
    }
    var notes: [Note] = []
    if let quarantine {
      let path = try context.folder.resolve(quarantine)
      do throws(SourceError) {
        let format = FormatCatalog.format(of: path) as? any TableWriting.Type ?? CSVFormat.self
        let file = try TableFileWriter(path: path, format)
        try file.append(table.take(failing.indices.filter { failing[$0] }), context.progress)
        _ = try file.finish()
      } catch {
        throw EngineError(error)
      }
      notes.append(Note("validate: \(failing.count { $0 }) rows set aside in \(quarantine)"))
    } else {
      notes.append(Note("validate: \(failing.count { $0 }) rows \(onFail == .drop ? "dropped" : "set aside")"))
    }
    let step = Step.choose(Survivors(rules: rules))
    switch value {
    case .table(let relation):
      let next = try relation.appending(step)
      let collected = try context.executor.rows(next, context.progress)
      return (.table(next.settled(by: collected.rows)), [.notes(notes)])
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
