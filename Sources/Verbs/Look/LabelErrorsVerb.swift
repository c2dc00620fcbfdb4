import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Learners
import Plan
import Tables
import Training

/// `label_errors`
enum LabelErrorsVerb: Verb {
  static let folds = Parameter<Int>(
    "folds", "Folds to score the rows by, where the split has none of its own", default: 5, .within(2, 100))
  static let rows = Parameter<Int>("rows", "How many of the rows found are listed", default: 20, .atLeast(1))
  static let columns = Parameter<[String]>(
    "columns", "Columns to list beside the labels, such as an id", otherwise: "the row's number alone", meaning: .column
  )

  static let description = Description(
    name: "label_errors", summary: "List rows whose label is likely wrong", group: "Look",
    signature: "Table · Split · Model → look",
    details: [
      "Confident learning: each row is scored by a model that has not learned from it, over folds. A class stands out for a row where it is at least as probable as on average among the rows that are said to be of it. For how many rows another class than their label stands out is how many labels are taken to be wrong, and listed are so many rows whose label is the least probable.",
      "The model is that of the flow, or the algorithm named, or `logistic`. Of a split and a model the training part is looked at. `export` writes what is listed: `label_errors rows: 1000` lists more. Rows are numbered from 1 as they were loaded.",
    ],
    positionals: [Positional("algorithm", .algorithm, "what scores the rows")],
    parameters: [folds, rows, columns],
    examples: [
      Example("of a table", "load penguins\nlabel species\ndrop sex\nlabel_errors"),
      Example(
        "of a model",
        "load titanic\nlabel survived\nsplit test: 0.2, seed: 7\ndrop name\ntrain logistic\nlabel_errors rows: 5, columns: [sex, age]"
      ),
      Example("by another learner", "load iris\nlabel species\nlabel_errors tree(depth: 4), folds: 3"),
    ],
    otherNames: ["find_label_issues", "cleanlab", "label_issues"],
    otherOptions: ["cv": "folds", "n": "rows", "head": "rows", "show": "columns"],
    references: [
      "Northcutt, Jiang & Chuang 2021, Confident Learning: Estimating Uncertainty in Dataset Labels, Journal of Artificial Intelligence Research 70"
    ])
  static let subjects: Set<SubjectKind> = [.table, .split, .model]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = schema(of: subject, call, &sink), hasLabel(schema, call, &sink),
      let uses = call.algorithms(LearnerCatalog.all.map { $0.description }, &sink),
      let columns = call.columns(option: Self.columns.name, in: schema, &sink)
    else { return nil }
    FeatureCheck(schema).report(at: call.range, &sink)
    if sink.hasErrors { return nil }
    let asked = uses.first.flatMap { use in
      LearnerCatalog.named(use.name.text).map { Candidate($0, use.options) }
    }
    let search = LabelErrorSearch(
      asked: asked, folds: call.options.value(folds, else: 5), rows: call.options.value(rows, else: 20),
      columns: columns)
    let type = LookType(kind: "label errors", figures: ["found", "share"], subject: subject)
    return PlannedStage(result: .look(type), words: call.wordsInFull(description)) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.look))) }
      return try search.outcome(value, context)
    }
  }

  private static func schema(
    of subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> RelationSchema? {
    switch subject {
    case .table, .split: subject.schema
    case .model(let model): call.split(of: model, &sink)?.schema
    default: nil
    }
  }

  private static func hasLabel(_ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    if schema.label != nil { return true }
    sink.report(.unusedLabel, "no label was chosen", at: call.range, label: "`label COLUMN` before it")
    return false
  }
}

/// What `label_errors` was asked for, run.
private struct LabelErrorSearch: Sendable {
  let asked: Candidate?
  let folds: Int
  let rows: Int
  let columns: [String]

  /// More pairs of classes than this are not named.
  private static let mostPairs = 6

  func outcome(_ value: Value, _ context: RunContext) throws(EngineError) -> Outcome {
    let (errors, split) = try errors(value, context)
    let found = errors.findings.count
    let displays: [Display] = [
      .table(table(errors, split)), .notes(notes(errors).map { Note($0) }),
    ]
    let share = Double(found) / Double(max(1, errors.scored.rows.count))
    let look = Look(
      kind: "label errors", subject: value, display: .group(displays),
      figures: [
        Look.Figure("found", .cell(.int(Int64(found)))), Look.Figure("share", .cell(.float(share))),
      ])
    return Outcome(.look(look), displays)
  }

  private func errors(_ value: Value, _ context: RunContext) throws(EngineError) -> (LabelErrors, Split) {
    switch value {
    case .model(let model):
      guard let split = model.split else { throw EngineError(.rows(.noneOfModel(model.name))) }
      if let asked { return (try errors(split, asked, context), split) }
      return (try LabelErrors(model, context.progress), split)
    case .split(let split): return (try errors(split, asked, context), split)
    case .table(let relation):
      let shares = try SplitShares(train: 1, valid: 0, test: 0)
      let (raw, rest) = try ChosenRaw(relation).rows(context)
      let split = try SplitRequest(shares: shares).draw(
        relation, choosing: rest, raw: raw, seed: context.seed, context.progress
      ).split
      return (try errors(split, asked, context), split)
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }

  private func errors(
    _ split: Split, _ candidate: Candidate?, _ context: RunContext
  ) throws(EngineError) -> LabelErrors {
    try LabelErrors(
      split, candidate ?? Candidate(LogisticRegression.self), folds: folds, seed: context.seed, context.progress)
  }

  // MARK: Showing

  private func table(_ errors: LabelErrors, _ split: Split) -> DisplayTable {
    let classes = errors.label.classes
    let listed = errors.findings.prefix(rows)
    let places = listed.map { errors.scored.rows[$0.place] }
    let beside = columns.compactMap { name in split.raw[name].map { (name, $0) } }
    let cells = zip(listed, places).map { finding, row -> [Tables.Cell] in
      [.int(Int64(row + 1))] + beside.map { $0.1[row] } + [
        classes[finding.given], classes[finding.likely], .float(finding.givenProbability),
        .float(finding.likelyProbability),
      ]
    }
    let type = classes.first?.type ?? .text
    var table = DisplayTable(
      ["row"] + beside.map(\.0) + ["given", "likely", "probability given", "probability likely"],
      types: [.int] + beside.map(\.1.type) + [type, type, .float, .float], rows: cells, title: "likely label errors")
    table.totalRows = errors.findings.count
    return table
  }

  private func notes(_ errors: LabelErrors) -> [String] {
    let found = errors.findings.count
    let all = errors.scored.rows.count
    var pairs: [(given: Int, likely: Int, count: Int)] = []
    for finding in errors.findings {
      if let place = pairs.firstIndex(where: { $0.given == finding.given && $0.likely == finding.likely }) {
        pairs[place].count += 1
      } else {
        pairs.append((finding.given, finding.likely, 1))
      }
    }
    pairs.sort { ($1.count, $0.given, $0.likely) < ($0.count, $1.given, $1.likely) }
    let named = pairs.prefix(Self.mostPairs).map { pair in
      "\(errors.label.classes[pair.given].name) → \(errors.label.classes[pair.likely].name) \(pair.count)"
    }
    let more = pairs.count > Self.mostPairs ? ", …" : ""
    let kinds = named.isEmpty ? "" : ": " + named.joined(separator: ", ") + more
    let first = "label_errors: \(found) of \(counted(all, "label")) \(found == 1 ? "is" : "are") likely wrong\(kinds)"
    return found > rows ? [first, "label_errors: \(rows) of them are listed; `rows: \(found)` lists all"] : [first]
  }
}
