import Descriptions
import Diagnostics
import Interpreter
import Language
import Notation
import Plan

/// `dedupe email`, `dedupe near: [name, town], distance: 2`
enum DedupeVerb: Verb {
  static let near = Parameter<[String]>(
    "near", "Columns of texts that have to be nearly equal", otherwise: "only equal rows are left out", .notEmpty,
    meaning: .column)
  static let distance = Parameter<Int>(
    "distance", "How many letters of the texts of `near` may differ, all of them together, and a third at most",
    default: 1, .within(0, 16))
  static let similarity = Parameter<Double>(
    "similarity", "Instead, which share of the letters has to be the same", otherwise: "`distance` counts",
    .within(NearLimit.leastSimilarity, 1))

  static let description = Description(
    name: "dedupe", summary: "Keep the first of the rows that are equal, or nearly so", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "Without columns, rows are equal when every cell is. Missing equals missing.",
      "`near:` compares the texts of columns without their case, blanks, punctuation and accents, and leaves a row out when an earlier one that is kept differs from it in few letters (inserted, left out or exchanged); columns named before it have to be equal besides. The largest groups are shown. A row without any such text is kept.",
    ],
    positionals: [Positional("columns", .columns, "what has to be equal", maximum: nil)],
    parameters: [near, distance, similarity],
    examples: [
      Example("whole rows", "load iris\ndedupe"), Example("by columns", "load penguins\ndedupe species, island\nshow"),
      Example("nearly equal names", "load titanic\ndedupe class, near: [name], similarity: 0.9\nshow"),
    ],
    otherNames: ["distinct", "unique", "drop_duplicates", "fuzzy_dedupe", "dedup"],
    otherOptions: [
      "fuzzy": "near", "approximate": "near", "max_dist": "distance", "max_distance": "distance",
      "threshold": "similarity",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func suits(option: String, after arguments: [Argument], _ subject: ValueType) -> Bool {
    guard option == distance.name || option == similarity.name else { return true }
    return arguments.contains { if case .option(let name, _) = $0.kind { name.text == near.name } else { false } }
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let named = call.columns(in: schema, &sink) else { return nil }
    guard areSound(call, &sink) else { return nil }
    if let texts = call.options[near] { return plan(near: texts, beside: named, call, subject, schema, &sink) }
    let words = named.isEmpty ? "dedupe" : "dedupe " + named.joined(separator: ", ")
    let columns = named.isEmpty ? schema.names : named
    return .recording([.choose(Dedupe(by: columns, words: words))], on: subject, call, &sink)
  }

  /// Whether the options go together; reports those that do not.
  private static func areSound(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    let own: [any AnyParameter] = [distance, similarity]
    let given = own.map(\.name).filter { call.options.values[$0] != nil }
    if let first = given.first, !call.options.has(near) {
      sink.report(
        .badOption, "'\(first)' is of nearly equal texts, and no column is named for them",
        at: call.optionRanges[first] ?? call.range, help: ["`dedupe near: [name], \(first): …`"])
      return false
    }
    if given.count == 2 {
      sink.report(
        .badOption, "either letters that differ are counted or their share",
        at: call.optionRanges[given[1]] ?? call.range,
        label: "leave out one of 'distance' and 'similarity'")
      return false
    }
    return true
  }

  private static func plan(
    near names: [String], beside exact: [String], _ call: VerbCall, _ subject: ValueType, _ schema: RelationSchema,
    _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    let range = call.optionRanges[near.name] ?? call.range
    var texts: [String] = []
    for name in names {
      guard let column = call.column(Name(name, at: range), in: schema, &sink) else { return nil }
      guard let type = schema.facts(of: column)?.type else { return call.open(subject) }
      guard type == .text else {
        sink.report(
          .wrongType, "'\(column)' is \(type.rawValue), and only texts are nearly equal", at: range,
          help: [
            "named before `near:` it has to be equal: \(ScriptText.code("dedupe \(ScriptText.name(column)), near: …"))"
          ])
        return nil
      }
      if !texts.contains(column) { texts.append(column) }
    }
    let limit = call.options[similarity].map(NearLimit.similarity) ?? .distance(call.options.value(distance, else: 1))
    let list = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    let chooser = NearDedupe(
      exact: exact, near: texts, limit, words: "dedupe " + (exact + ["near: \(list)"]).joined(separator: ", "))
    return .recording([.choose(chooser)], on: subject, call, &sink) { notes, _, _ in
      CleaningDisplay.displays(near: notes)
    }
  }
}
