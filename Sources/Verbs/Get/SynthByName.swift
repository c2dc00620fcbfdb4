import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Synthesis
import Tables

/// `synth 500, moons` and `synth 500, of: {…}`: rows that are made after no others.
enum SynthByName {
  // MARK: A set by its name

  static func plan(_ set: Expr, _ rows: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .name(let name) = set.kind, let form = ShapeForm.named(name) else {
      let written = SyntaxPrinter.text(set)
      sink.report(
        .unknownName, "no set '\(written)' is made by its name", at: set.range,
        label: NearestName.hint(written, in: ShapeForm.names),
        help: ["sets: \(ShapeForm.names.joined(separator: ", "))", "a table is named by `like:`"])
      return nil
    }
    switch form.make(call.options, 0) {
    case .refused(let option, let words):
      sink.report(.badOption, "'\(option)' \(words)", at: call.optionRanges[option] ?? set.range)
      return nil
    case .rows(let maker):
      let words = call.wordsInFull(SynthVerb.description, form.description)
      return plan(name, maker.fields, rows, words, call, &sink) { seed in
        if case .rows(let maker) = form.make(call.options, seed) { maker } else { maker }
      }
    }
  }

  // MARK: Columns by distributions

  static func plan(columns rows: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .record(let entries)? = call.optionExpressions[SynthVerb.of.name]?.kind,
      case .record(let fields)? = call.options[SynthVerb.of], entries.count == fields.count
    else {
      if call.optionExpressions[SynthVerb.of.name].map({ if case .record = $0.kind { false } else { true } }) == true {
        sink.report(
          .badOption, "'of' takes columns with what they are drawn from", at: call.optionRanges[SynthVerb.of.name],
          label: "for example of: {age: normal(40, 12)}")
      }
      return nil
    }
    var members: [DistributionRows.Member] = []
    let errors = sink.diagnostics.count
    for (entry, field) in zip(entries, fields) {
      guard let member = member(field, at: entry.value.range, &sink) else { continue }
      if members.contains(where: { $0.name == member.name }) {
        sink.report(.duplicateName, "'\(member.name)' is made twice", at: entry.key.range)
      }
      members.append(member)
    }
    guard sink.diagnostics.count == errors else { return nil }
    guard !members.isEmpty else {
      sink.report(.badOption, "'of' names no column", at: call.optionRanges[SynthVerb.of.name])
      return nil
    }
    let made = members
    let fieldsMade = DistributionRows(made, seed: 0).fields
    return plan("made", fieldsMade, rows, call.wordsInFull(SynthVerb.description), call, &sink) { seed in
      DistributionRows(made, seed: seed)
    }
  }

  private static func member(
    _ field: RawField, at range: SourceRange, _ sink: inout DiagnosticSink
  ) -> DistributionRows.Member? {
    guard case .call(let name, let arguments, let options) = field.value else {
      if let cell = field.value.cell, let constant = Distribution.choice([cell]), constant.type != nil {
        return DistributionRows.Member(field.name, constant)
      }
      sink.report(
        .badOption, "'\(field.name)' is drawn from nothing that is known", at: range,
        help: ["forms: \(DistributionForm.all.map(\.signature).joined(separator: ", "))"])
      return nil
    }
    guard let form = DistributionForm.all.first(where: { $0.name == name }) else {
      sink.report(
        .unknownFunction, "nothing is drawn from '\(name)'", at: range,
        label: NearestName.hint(name, in: DistributionForm.all.map(\.name)),
        help: ["forms: \(DistributionForm.all.map(\.signature).joined(separator: ", "))"])
      return nil
    }
    let missing = options.first { $0.name == "missing" }?.value.number ?? 0
    guard options.allSatisfy({ $0.name == "missing" && $0.value.number != nil }), missing >= 0, missing <= 1 else {
      sink.report(.badOption, "a form has no other option than `missing:`, a share from 0 to 1", at: range)
      return nil
    }
    guard let distribution = form.distribution(arguments) else {
      sink.report(.badOption, "'\(name)' is written \(form.signature)", at: range, help: [form.summary])
      return nil
    }
    return DistributionRows.Member(field.name, distribution, missing: missing)
  }

  // MARK: Running

  private static func plan(
    _ name: String, _ fields: [Field], _ rows: Int, _ words: String, _ call: VerbCall, _ sink: inout DiagnosticSink,
    _ maker: @escaping @Sendable (UInt64) -> any RowMaking
  ) -> PlannedStage? {
    let schema = RelationSchema(name: name, raw: Schema(fields), rowCount: rows)
    guard let checks = SynthConditions(call, schema, &sink) else { return nil }
    let own = call.options[SynthVerb.seed].map { UInt64($0) }
    return PlannedStage(result: .table(schema), words: words) { _, context throws(EngineError) in
      let made = MadeRows(
        maker(own ?? context.seed), count: rows, checks: checks.checks, schema: schema, words: "synth")
      let empty = Relation(rows: .whole(Table([])), name: name)
      let (relation, collected) = try Relation(empty, transformedBy: made).settled(context)
      let notes = collected.notes.map { Note($0.words) }
      return Outcome(.table(relation), [.notes([LoadVerb.size(of: collected.rows, name)] + notes)])
    }
  }
}

/// The conditions of `where:`, bound to the columns that are made.
struct SynthConditions: Sendable {
  let checks: [any MadeRowCheck]

  /// nil after an error, which is reported.
  init?(_ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) {
    guard let written = call.optionExpressions[SynthVerb.condition.name] else {
      checks = []
      return
    }
    let items = if case .list(let items) = written.kind { items } else { [written] }
    var checks: [any MadeRowCheck] = []
    for item in items {
      let bound = call.condition(item, in: schema, &sink)
      if case .open = bound {
        sink.report(.badOption, "'where' reads what only shows when the script runs", at: item.range)
      }
      guard let expression = bound.expression else { return nil }
      let filter = Filter(expression, words: SyntaxPrinter.text(item))
      guard filter.choice == .none else {
        sink.report(
          .badOption, "'where' looks at each row by itself, and this is a statistic of all of them", at: item.range)
        return nil
      }
      checks.append(MadeRowCondition(filter))
    }
    self.checks = checks
  }
}
