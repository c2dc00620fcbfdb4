import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Synthesis
import Tables

/// What `synth like:` is asked for beside the table.
struct SynthRequest: Sendable {
  let by: String?
  private let rows: Int
  private let checks: [any MadeRowCheck]
  private let given: [(column: String, value: Tables.Cell)]
  private let seed: UInt64?
  private let refusesNear: Bool

  /// nil after an error, which is reported.
  init?(_ rows: Int, _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) {
    self.rows = rows
    by = call.options[SynthVerb.by]
    seed = call.options[SynthVerb.seed].map { UInt64($0) }
    refusesNear = call.options.value(SynthVerb.near, else: .refuse) == .refuse
    guard let conditions = SynthConditions(call, schema, &sink), let given = Self.given(call, schema, &sink) else {
      return nil
    }
    checks = conditions.checks
    self.given = given
  }

  private static func given(
    _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [(column: String, value: Tables.Cell)]? {
    guard let written = call.optionExpressions[SynthVerb.given.name] else { return [] }
    guard case .record(let entries) = written.kind, case .record(let fields)? = call.options[SynthVerb.given],
      entries.count == fields.count
    else {
      sink.report(
        .badOption, "'given' takes columns with their values", at: written.range,
        label: "for example given: {sex: \"female\"}")
      return nil
    }
    let errors = sink.diagnostics.count
    var given: [(column: String, value: Tables.Cell)] = []
    for (entry, field) in zip(entries, fields) {
      guard let column = call.column(entry.key, in: schema, &sink) else { continue }
      let type = schema.facts(of: column)?.type
      guard let cell = field.value.cell.flatMap({ Self.cell($0, as: type) }) else {
        sink.report(
          .wrongType, "'\(column)' is \(type?.rawValue ?? "of another type"), and \(field.value) is not",
          at: entry.value.range)
        continue
      }
      given.append((column, cell))
    }
    return sink.diagnostics.count == errors ? given : nil
  }

  /// The cell as one of a type; nil where it is of another. While the type is not known any does.
  private static func cell(_ cell: Tables.Cell, as type: ColumnType?) -> Tables.Cell? {
    guard let type, cell != .missing, cell.type != type else { return cell }
    if case .int(let value) = cell, type == .float { return .float(Double(value)) }
    return nil
  }

  // MARK: Running

  /// Rows of the made ones that are looked at for the reports, and of the others.
  private static let mostReported = 10_000

  /// Makes the rows and tells of them. Without a sample there are no rows to be near to.
  func make(
    _ model: CopulaModel, sample: Table?, _ schema: RelationSchema, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    let settled = given.map { column, value in
      (column, Self.cell(value, as: model.members.first { $0.name == column }?.type) ?? value)
    }
    let maker = try CopulaRows(model, given: settled, seed: seed ?? context.seed)
    var checks = checks
    let nearest = sample.map { NearestRows($0, columns: model.comparedColumns) }
    let isHeldAgainstAll = nearest.map { refusesNear && NearnessCheck.isBounded(rows, $0.count) } ?? false
    if let nearest, isHeldAgainstAll {
      checks.append(try NearnessCheck(nearest, name: model.name, context.progress))
    }
    let made = MadeRows(maker, count: rows, checks: checks, schema: schema, words: "synth")
    let empty = Relation(rows: .whole(Table([])), name: schema.name)
    let (relation, collected) = try Relation(empty, transformedBy: made).settled(context)
    // Behind a label or a level that goes with the rows stand the notes of that.
    let told = relation.base.current?.notes ?? collected.notes
    var notes = [LoadVerb.size(of: collected.rows, schema.name)] + told.map { Note($0.words) }
    notes += SynthesisDisplay.notes(model, by: by)
    guard let sample else {
      notes.append(Note("synth: of a profile there is no row to be near to, and none to hold the values against"))
      return Outcome(.table(relation), [.notes(notes)])
    }
    if refusesNear, !isHeldAgainstAll {
      notes.append(Note(.warning, "synth: too many pairs of rows to look at each: near rows are told, not refused"))
    }
    let head = try collected.rows.head(Self.mostReported, context.progress)
    let alike = try alike(sample, settled, context)
    // Rows may be in an order: the first would not stand for all.
    let drawn = try SampledRows.table(.whole(alike), most: Self.mostReported, context.progress)
    let report = try SynthesisReport(model, drawn, head, nearest, context.progress)
    let isSome = alike.rowCount < sample.rowCount
    return Outcome(
      .table(relation), [.notes(notes)] + SynthesisDisplay.displays(report, beside: isSome ? alike.rowCount : nil))
  }

  /// The real rows that have what is given and meet the conditions: those that the made ones are to be like.
  private func alike(
    _ sample: Table, _ given: [(column: String, value: Tables.Cell)], _ context: RunContext
  ) throws(EngineError) -> Table {
    var rows = sample
    for (name, value) in given {
      guard let column = rows[name] else { continue }
      rows = rows.take((0..<rows.rowCount).filter { column[$0] == value })
    }
    for check in checks { rows = rows.take(try check.passing(rows, context.progress)) }
    return rows
  }
}
