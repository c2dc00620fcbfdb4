import Descriptions
import Diagnostics
import Display
import Interpreter
import Kernels
import Language
import Plan
import Tables
import Training

/// `label kind, ask: 20` and `label kind, answers: "kinds.csv"`: labels that are given by hand, at the prompt or in a file.
struct AnsweredLabel: Sendable {
  let name: String
  /// nil while it is not known what the column that is there holds.
  let type: ColumnType?
  let classes: [Tables.Cell]?
  let file: String
  let ask: Int?
  let key: String?
  let columns: [String]
  let spec: LabelSpec

  /// At most so many rows without a label are weighed against each other, drawn by chance, and so many with one are learned from.
  private static let mostRows = 2000

  /// Whether a call asks for labels given by hand.
  static func isAsked(_ call: VerbCall) -> Bool {
    call.options.has(LabelVerb.ask) || call.options.has(LabelVerb.answers)
  }

  // MARK: Planning

  /// nil after reporting what is wrong.
  static func plan(
    _ name: Name, _ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard let label = AnsweredLabel(name, schema, call, &sink) else { return nil }
    let transform = GivenLabels(label.spec, type: label.type ?? .text, labels: [:])
    var next: RelationSchema
    do throws(EngineError) { next = try transform.result(schema) } catch {
      sink.report(error, at: call.range)
      return nil
    }
    if label.type == nil { next.set(label.name, ColumnFacts(type: nil, origins: [label.name])) }
    let asks = label.ask != nil
    let writes = asks ? [WrittenFile(label.file, at: call.optionRanges[LabelVerb.answers.name], .adds)] : []
    let reads = Set([label.key, schema[label.name] == .absent ? nil : label.name].compactMap { $0 })
    return PlannedStage(
      result: .table(next), words: label.words(call), needs: asks || label.key == nil ? .all : .columns(reads),
      writes: writes, reads: ReadFiles([label.file]), repetition: asks ? .never : .kept
    ) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      return try label.outcome(relation, context)
    }
  }

  private func words(_ call: VerbCall) -> String { call.wordsInFull(LabelVerb.description) }

  private init?(_ name: Name, _ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink) {
    self.name = name.text
    let errors = sink.diagnostics.count
    ask = call.options[LabelVerb.ask]
    file = call.options[LabelVerb.answers] ?? "\(name.text).answers.csv"
    key = call.column(option: LabelVerb.key.name, in: schema, &sink)
    columns = call.columns(option: LabelVerb.columns.name, in: schema, &sink) ?? []
    classes = Self.classes(call, &sink)
    let there = schema.facts(of: name.text)
    type = there == nil ? classes?.first?.type ?? .text : there?.type
    spec = LabelSpec(
      name: name.text, positive: call.options[LabelVerb.positive]?.cell, origins: [name.text],
      task: call.options[LabelVerb.task].flatMap(LabelTask.init(rawValue:)) ?? .auto)
    Self.check(self, there, schema, call, &sink)
    guard sink.diagnostics.count == errors else { return nil }
  }

  /// The classes that the option names, each once and all of one type.
  private static func classes(_ call: VerbCall, _ sink: inout DiagnosticSink) -> [Tables.Cell]? {
    guard let written = call.options[LabelVerb.classes] else { return nil }
    let range = call.optionRanges[LabelVerb.classes.name]
    let items = if case .list(let items) = written { items } else { [written] }
    var cells: [Tables.Cell] = []
    for item in items {
      guard let cell = item.cell, [.text, .bool, .int].contains(cell.type) else {
        sink.report(.badOption, "'classes' are texts, bools or whole numbers", at: range)
        return nil
      }
      if !cells.contains(cell) { cells.append(cell) }
    }
    guard cells.count > 1, Set(cells.map(\.type)).count == 1 else {
      sink.report(.badOption, "'classes' names at least two classes of one type", at: range)
      return nil
    }
    return cells
  }

  private static func check(
    _ label: AnsweredLabel, _ there: ColumnFacts?, _ schema: RelationSchema, _ call: VerbCall,
    _ sink: inout DiagnosticSink
  ) {
    if call.options.has(LabelVerb.fallback) {
      sink.report(
        .badOption, "'default' goes with an expression: a label given by hand has none",
        at: call.optionRanges[LabelVerb.fallback.name])
    }
    if there == nil, !schema.isOpen, label.ask != nil, !call.options.has(LabelVerb.classes) {
      sink.report(
        .missingArgument, "no column '\(label.name)' says which classes there are", at: call.range,
        label: "for example classes: [\"yes\", \"no\"]")
    }
    if let type = there?.type, ![.text, .bool, .int].contains(type) {
      sink.report(
        .wrongType, "'\(label.name)' is \(type), and labels given by hand are classes: text, bool or int",
        at: call.range)
    }
    if let type = there?.type, let given = label.classes?.first?.type, given != type {
      sink.report(
        .wrongType, "'\(label.name)' is \(type), and its classes are \(given)",
        at: call.optionRanges[LabelVerb.classes.name])
    }
    if let key = label.key, schema.isGuarded(key), label.ask != nil {
      sink.report(
        .privacyLeak, "'\(key)' is guarded, and its cells would be written to '\(label.file)'",
        at: call.optionRanges[LabelVerb.key.name],
        help: ["without `key` rows are told by their number"])
    }
  }
}

// MARK: Running

extension AnsweredLabel {
  fileprivate func outcome(_ given: Relation, _ context: RunContext) throws(EngineError) -> Outcome {
    let (relation, collected) = try given.settled(context)
    let rows = collected.rows
    let there = rows.columns([name]).first?.field.type
    let type = self.type ?? there ?? .text
    guard [.text, .bool, .int].contains(type) else { throw EngineError(.label(.notLearnable(name, type))) }
    let old = there == nil ? nil : try rows.table([name], context.progress)[name]
    let known = classes ?? old.map(Self.values)
    let asks = ask != nil && context.questioner != nil
    var answers = try AnswerFile(file, label: name, type: type, classes: known, key: key, context)
    guard asks || answers.wasThere else {
      throw EngineError(.label(.answers(.absent(file: file, asks: ask != nil))))
    }
    let places = try AnswerPlaces(key, label: name, relation.schema, rows, context)
    var labels = try places.labels(answers, in: rows, context)
    var notes = readNotes(answers, labels, old)
    if asks, let questioner = context.questioner {
      let interview = try interview(questioner, rows, old, known ?? [], type, labels, answers, places, context)
      (answers, labels) = (interview.file, try places.labels(interview.file, in: rows, context))
      notes = askedNotes(interview.course, answers)
    }
    let transform = GivenLabels(spec, type: type, labels: labels)
    let settled = try Relation(relation, transformedBy: transform).settled(context).relation
    return Outcome(
      .table(settled), [.notes(notes.map { Note($0) } + (try LabelVerb.notes(settled, spec, context)))])
  }

  /// The different cells of a column, in the order of their values.
  private static func values(_ column: Column) -> [Tables.Cell] {
    let codes = CategoryCodes(column)
    return (0..<codes.count).map { codes.values[$0] }
  }

  private func interview(
    _ questioner: any Questioner, _ rows: Rows, _ old: Column?, _ known: [Tables.Cell], _ type: ColumnType,
    _ given: [Int: Tables.Cell], _ answers: AnswerFile, _ places: AnswerPlaces, _ context: RunContext
  ) throws(EngineError) -> LabelInterview {
    try answers.requireOwn()
    guard known.count > 1 else { throw EngineError(.label(.answers(.tooFewClasses(label: name)))) }
    let chosen = Self.chosen(rows.rowCount, old, given, context.seed)
    let table = try rows.take(chosen, context.progress)
    let asked = LabelInterview.Rows(
      table: table, places: chosen, keys: places.keys(table, chosen), checks: places.checks(table),
      labels: chosen.map { given[$0] ?? old?[$0] ?? .missing })
    let features = table.select(table.names.filter { $0 != name && $0 != key })
    var interview = LabelInterview(
      questioner, label: name, classes: known, shown: columns.isEmpty ? features.names : columns,
      most: ask ?? 0, model: UncertainRows(features, label: spec, type: type, seed: context.seed), rows: asked,
      file: answers, seed: context.seed, context.progress)
    try interview.run()
    return interview
  }

  /// The rows that are weighed and learned from, in order.
  private static func chosen(
    _ count: Int, _ old: Column?, _ given: [Int: Tables.Cell], _ seed: UInt64
  ) -> [Int] {
    func drawn(_ rows: [Int], _ stream: UInt64) -> [Int] {
      guard rows.count > mostRows else { return rows }
      var random = CounterRandom(seed: seed, stream: stream)
      return random.permutation(rows.count).prefix(mostRows).map { rows[$0] }
    }
    let isLabelled = { (row: Int) in given[row] != nil || old?.isValid(row) ?? false }
    let (with, without) = ((0..<count).filter(isLabelled), (0..<count).filter { !isLabelled($0) })
    return (drawn(with, 0xA5D) + drawn(without, 0xA5E)).sorted()
  }

  // MARK: Notes

  private func readNotes(_ answers: AnswerFile, _ given: [Int: Tables.Cell], _ old: Column?) -> [String] {
    var notes = ["label: \(counted(given.count, "label")) from \(file)"]
    let strangers = answers.answers.count - given.count
    if strangers > 0 {
      notes.append(
        "label: \(counted(strangers, "answer")) of \(strangers == 1 ? "a row that is" : "rows that are") not here")
    }
    let changed = given.count { row, cell in old.map { $0.isValid(row) && $0[row] != cell } ?? false }
    if changed > 0 { notes.append("label: \(counted(changed, "row")) had another label") }
    return notes
  }

  private func askedNotes(_ course: LabelInterview.Course, _ answers: AnswerFile) -> [String] {
    let skipped = course.skipped > 0 ? ", \(course.skipped) skipped" : ""
    var notes = [
      "label: \(counted(course.given, "row")) labelled\(skipped); \(counted(answers.answers.count, "answer")) in \(file)"
    ]
    if course.guessed > 0 { notes.append("label: the guess was right for \(course.right) of \(course.guessed)") }
    if let failure = course.failure {
      notes.append("label: rows came by chance, for no model could be made: \(Diagnostic(failure, at: nil).message)")
    }
    return notes
  }
}
