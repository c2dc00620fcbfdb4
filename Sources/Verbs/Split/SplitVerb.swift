import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Training

/// `split train: 0.7, valid: 0.15, test: 0.15, stratify: outcome, seed: 7`
enum SplitVerb: Verb {
  static let train = Parameter<Double>(
    "train", "Share of rows to learn from", otherwise: "what valid and test leave", .within(0, 1))
  static let valid = Parameter<Double>(
    "valid", "Share of rows to judge by while choosing", default: 0, .within(0, 0.999999))
  static let test = Parameter<Double>(
    "test", "Share of rows that are sealed until `test`", otherwise: "what train and valid leave, or 0.2",
    .within(0, 0.999999))
  static let stratify = Parameter<String>(
    "stratify", "A column whose values every part has in the same shares", otherwise: "the label, when it is classes",
    meaning: .column)
  static let group = Parameter<String>(
    "group", "A column whose rows of one value stay in one part", otherwise: "rows stand alone", meaning: .column)
  static let time = Parameter<String>(
    "time", "A column to split by, oldest rows to train on", otherwise: "rows have no order", meaning: .column)
  static let gap = Parameter<RawValue>(
    "gap", "How far rows to learn from lie at least before those to judge by: days(7), hours(12), or a number",
    otherwise: "they may be next to each other")
  static let by = Parameter<String>(
    "by", "`hash` lets what a row holds, or its group, decide its part: new rows leave old ones where they are",
    default: "chance", .oneOf(["chance", "hash"]))
  static let folds = Parameter<Int>(
    "folds", "Cross-validation folds of the training part", otherwise: "none", .within(2, 100))
  static let using = Parameter<String>(
    "using", "A column that says the part (train, valid, test) or the fold of each row", otherwise: "parts are drawn",
    meaning: .column)
  static let seed = Parameter<Int>("seed", "Draws the same parts again", otherwise: "the session's seed", .atLeast(0))

  static let description = Description(
    name: "split", summary: "Divide the rows into parts to train on, to judge by and to test with", group: "Split",
    signature: "Table → Split",
    details: [
      "The test part is sealed: only `test` opens it, and openings are counted. No part comes out empty: that is an error that says what to change. Rows without a label are left out and counted.",
      "`stratify` and `group` go together: groups stay whole, and classes keep their shares as nearly as that allows. `time` puts the oldest rows into the training part; with `gap: days(7)` those of its last week are in no part, and each fold leaves a gap before it too. With `by: hash` the same row comes into the same part in another run and in a longer table; name what tells rows apart with `group: id`, else all columns but the label do.",
      "Steps recorded before or after are fitted anew on the training part when `train` runs.",
    ],
    parameters: [train, valid, test, stratify, group, time, gap, by, folds, using, seed],
    examples: [
      Example("three parts", "load titanic\nlabel survived\nsplit train: 0.7, valid: 0.15, test: 0.15, seed: 7"),
      Example("folds", "load iris\nlabel species\nsplit test: 0.2, folds: 5, seed: 1"),
      Example(
        "whole groups with even shares",
        "load titanic\nderive family = regex_extract(name, r\"^([^,]+),\", 1)\nlabel survived\nsplit test: 0.2, stratify: survived, group: family, seed: 7"
      ),
      Example(
        "by time with a gap",
        "load seattle_weather\nlabel temp_max\nsplit train: 0.8, test: 0.2, time: date, gap: days(7)"),
      Example(
        "parts that new rows do not change", "load titanic\nlabel survived\nsplit test: 0.2, by: hash, group: name"),
      Example("by time", "load seattle_weather\nlabel temp_max\nsplit train: 0.8, test: 0.2, time: date"),
    ],
    otherNames: ["train_test_split", "partition", "initial_split"],
    otherOptions: [
      "test_size": "test", "train_size": "train", "prop": "train", "shuffle": "time", "strata": "stratify",
      "groups": "group", "cv": "folds", "nfold": "folds", "k": "folds", "v": "folds",
    ].merging(SeedWords.otherOptions) { own, _ in own })
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(let schema) = subject else { return .unknown }
    return .split(SplitType(schema: schema, hasValid: true, hasTest: true, foldCount: 0))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject else { return nil }
    let asked = SplitRequest(
      stratify: call.column(option: stratify.name, in: schema, &sink),
      group: call.column(option: group.name, in: schema, &sink),
      time: call.column(option: time.name, in: schema, &sink),
      using: call.column(option: using.name, in: schema, &sink), folds: call.options[folds])
    let own = call.options[seed].map { UInt64($0) }
    let named = [stratify, group, time, using].filter { call.options.has($0) }.count
    guard asked.columns.count == named, checkFitted(asked, schema, call, &sink) else { return nil }
    guard let shares = shares(call, asked, schema, &sink) else { return nil }
    var request = asked
    request.shares = shares
    guard let width = gapWidth(call, request, schema, &sink), isSound(byHash: call, asked, &sink) else { return nil }
    request.gap = width > 0 ? width : nil
    request.isByHash = call.options[by] == "hash"
    let usesParts = request.using != nil && !hasFoldNumbers(request, schema)
    let next: RelationSchema
    do throws(EngineError) {
      next = try request.result(schema)
    } catch {
      sink.report(error, at: call.optionRanges[Self.using.name] ?? call.range)
      return nil
    }
    let type = SplitType(
      schema: next, hasValid: usesParts || shares.valid > 0, hasTest: usesParts || shares.test > 0,
      foldCount: request.folds ?? 0)
    return PlannedStage(result: .split(type), words: call.wordsInFull(description)) {
      [request] value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let (raw, rest) = try ChosenRaw(relation).rows(context)
      let (split, notes) = try request.draw(
        relation, choosing: rest, raw: raw, seed: own ?? context.seed, context.progress)
      let said = notes.map { $0.isWarning ? Note(.warning, "split: \($0.words)") : Note("split: \($0.words)") }
      return Outcome(
        .split(split), [.table(SplitDisplay.table(split))] + (said.isEmpty ? [] : [.notes(said)]))
    }
  }

  /// Parts are drawn before anything is fitted, so they cannot be drawn by a fitted column.
  private static func checkFitted(
    _ request: SplitRequest, _ schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> Bool {
    var isSound = true
    for (option, column) in request.columns {
      guard let words = schema.facts(of: column)?.fittedBy else { continue }
      sink.report(
        .fittedTooEarly, "'\(column)' comes from `\(words)`, which is fitted on the training part only",
        at: call.optionRanges[option] ?? call.range, help: ["split by a column that is not fitted"])
      isSound = false
    }
    return isSound
  }

  private static func hasFoldNumbers(_ request: SplitRequest, _ schema: RelationSchema) -> Bool {
    request.using.flatMap { schema.facts(of: $0)?.type }.map { $0 != .text } ?? false
  }

  private static func shares(
    _ call: VerbCall, _ request: SplitRequest, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> SplitShares? {
    let valid = call.options[valid] ?? 0
    let isFolded = request.folds != nil || hasFoldNumbers(request, schema)
    let askedTrain = call.options[Self.train]
    let askedTest = call.options[Self.test]
    // With folds to judge by, nothing is sealed unless it is asked for.
    let test = askedTest ?? askedTrain.map { max(0, tidy(1 - $0 - valid)) } ?? (isFolded ? 0 : 0.2)
    let train = askedTrain ?? tidy(1 - test - valid)
    do throws(EngineError) {
      return try SplitShares(train: train, valid: valid, test: test)
    } catch {
      let option: String? = if case .option(let problem) = error.problem { problem.option } else { nil }
      sink.report(error, at: option.flatMap { call.optionRanges[$0] } ?? call.range)
      return nil
    }
  }

  /// 1 − 0.7 − 0.15 is a little more than 0.15 in binary.
  private static func tidy(_ share: Double) -> Double { (share * 1e9).rounded() / 1e9 }
}
