import Expressions
import Kernels
import Learners
import Plan
import Scoring
import Synchronization
import Tables
import Testing

@testable import Training

@Suite struct TrainingDataTests {
  static let count = 120
  static let table: Table = {
    var random = CounterRandom(seed: 5)
    let numbers = (0..<count).map { $0 % 11 == 0 ? nil : random.nextNormal() * 10 }
    return Table([
      ("a", .float(Cells(numbers, filler: 0))), ("n", .int(Cells((0..<count).map { Int64($0 * $0 % 17) }))),
      ("b", .bool(Cells((0..<count).map { $0 % 5 == 0 ? nil : $0 % 2 == 0 }, filler: false))),
      ("t", .text(TextCells((0..<count).map { $0 % 9 == 4 ? nil : ["red", "green", "blue"][$0 % 3] }))),
      ("y", .text(TextCells((0..<count).map { ($0 / 3) % 2 == 0 ? "u" : "v" }))),
    ])
  }()

  static func split(_ steps: [Step] = [], table: Table = table) throws -> Split {
    let source = MemorySource(name: "rows", table: table)
    var relation = Relation(source: source, declared: source.declaredSchema())
    for step in steps { relation = try relation.appending(step) }
    relation = try relation.appending(.label(LabelSpec(name: "y", positive: nil, origins: ["y"])))
    let request = SplitRequest(shares: try SplitShares(train: 0.7, valid: 0, test: 0.3))
    return try request.draw(relation, raw: table, seed: 1, Progress()).split
  }

  static let needs = [
    FeatureNeeds(categories: .codes, takesMissing: true, scales: false),
    FeatureNeeds(categories: .oneHot, takesMissing: false, scales: false),
    FeatureNeeds(categories: .oneHot, takesMissing: false, scales: true),
  ]

  /// The columns that a learner which wants scaled numbers has scaled.
  private static func scaled(_ steps: [Step]) throws -> [String] {
    let split = try split(steps)
    let prepared = try TrainingData(split, rows: split.train, Progress()).features(for: needs[2], Progress())
    return prepared.additions.compactMap { if case .act("scale", let column, _, _) = $0 { column } else { nil } }
  }

  @Test func whatARecordedStepHasStandardisedIsNotScaledAgain() throws {
    let scale = Step.feature(Scale("a", StandardScaling.self))
    #expect(try Self.scaled([]) == ["a", "n", "b"])
    #expect(try Self.scaled([scale]) == ["n", "b"])
    #expect(try Self.scaled([scale, .feature(Impute("a", .median))]) == ["n", "b"])
    #expect(try Self.scaled([scale, .rename([Step.Rename("a", "c")])]).contains("c") == false)
  }

  @Test func whatWasDoneToItSinceOrOtherwiseIsScaled() throws {
    let scale = Step.feature(Scale("a", StandardScaling.self))
    let twice = Step.feature(Derive("a", .call(.add, [.column("a", .float), .column("a", .float)])))
    #expect(try Self.scaled([scale, twice]).contains("a"))
    #expect(try Self.scaled([.feature(Scale("a", RobustScaling.self))]).contains("a"))
    #expect(try Self.scaled([scale, .feature(Impute("a", .constant(.float(9))))]).contains("a"))
  }

  /// What learners read is what the graph computes of the raw rows, to the bit.
  @Test(arguments: needs)
  func columnsAreWhatTheGraphGives(needs: FeatureNeeds) throws {
    let steps: [Step] = [
      .feature(Derive("ratio", .call(.divide, [.column("a", .float), .column("n", .int)]))),
      .feature(Impute("n", .mean)), .feature(Scale("a", StandardScaling.self)),
    ]
    let split = try Self.split(steps)
    let data = try TrainingData(split, rows: split.train, Progress())
    let prepared = try data.features(for: needs, Progress())
    let raw = split.raw.take(data.fitted.places)
    let run = try GraphRun.evaluate(
      prepared.scope.builder.nodes, wanted: [.vector(prepared.vector)], on: raw, Progress())
    guard case .vector(let values, let width)? = run.outputs.first else {
      Issue.record("the graph gives no vector")
      return
    }
    #expect(width == prepared.design.features.count)
    let places = prepared.design.columns.flatMap { column -> [[Double]] in
      guard case .oneHot(let count) = column.kind, let codes = column.codes else { return [column.numbers] }
      return (0..<Int32(count)).map { place in codes.map { $0 == place ? 1 : 0 } }
    }
    for row in 0..<raw.rowCount {
      let read = places.map { $0[row].bitPattern }
      let graph = values[row * width..<(row + 1) * width].map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      #expect(read == graph)
    }
  }

  @Test func numbersThatNoStepTouchedAreNotCopied() throws {
    let split = try Self.split([.feature(Scale("a", StandardScaling.self))])
    let fitted = try split.trainingRows(Progress())
    #expect(fitted["n"]?.statistics === split.raw.statistics(of: "n"))
    #expect(fitted["a"]?.statistics !== split.raw.statistics(of: "a"))
  }

  @Test func aRecordedStepIsFittedAloneAndGivesWhatAllTogetherGive() throws {
    let fits = FitCounter()
    var split = try Self.split()
    for _ in 0..<6 {
      split = try split.appending(.feature(CountedScale("a", fits)))
      _ = try split.trainingRows(Progress())
    }
    #expect(fits.count == 6)
    let stepwise = try split.trainingRows(Progress()).table
    let whole = try split.recipe.fit(on: split.raw, rows: split.train, choosing: .afterSplit, Progress()).table
    #expect(stepwise == whole)
  }

  @Test func candidatesWithTheSameNeedsShareTheirFeatures() throws {
    let split = try Self.split()
    let rounds = try TrainingRounds(split, folds: 3)
    #expect(rounds.areFolds && rounds.count == 3)
    let first = try rounds.data(1, Progress())
    #expect(try rounds.data(1, Progress()) === first)
    #expect(try TrainingRounds(split, folds: 3).data(1, Progress()) !== first)
  }

  @Test func withoutAFeatureTheReasonsAreTold() throws {
    let ids = Table([
      ("id", .text(TextCells((0..<60).map { "id\($0)" }))),
      ("none", .float(Cells([Double?](repeating: nil, count: 60), filler: 0))),
      ("y", .bool(Cells((0..<60).map { $0 % 2 == 0 }))),
    ])
    let split = try Self.split(table: ids)
    let data = try TrainingData(split, rows: split.train, Progress())
    let error = #expect(throws: EngineError.self) { try data.features(for: Self.needs[0], Progress()) }
    #expect(
      error?.problem
        == .fitting(.noFeature([LeftOut("id", .identity(texts: 42, rows: 42)), LeftOut("none", .noValue)])))
  }

  @Test func allCategoriesAreKeptWhereTheLearnerTakesAsMany() throws {
    let words = (0..<3000).map { "w\($0 % 300)" }
    let many = Table([
      ("t", .text(TextCells(words))), ("y", .bool(Cells((0..<3000).map { $0 % 2 == 0 }))),
    ])
    let split = try Self.split(table: many)
    let data = try TrainingData(split, rows: split.train, Progress())
    #expect(try data.features(for: Self.needs[1], Progress()).design.features.count == 300)
    let bounded = FeatureNeeds(categories: .codes, takesMissing: true, scales: false, mostCategories: 254)
    #expect(try data.features(for: bounded, Progress()).design.features[0].kind == .category(count: 254))
  }
}

/// Counts how often steps were fitted.
final class FitCounter: Sendable {
  private let fits = Mutex(0)
  var count: Int { fits.withLock { $0 } }
  func add() { fits.withLock { $0 += 1 } }
}

/// `scale = standard` that counts its fits.
private struct CountedScale: FeatureStep {
  private let scale: Scale
  private let fits: FitCounter

  init(_ column: String, _ fits: FitCounter) {
    scale = Scale(column, StandardScaling.self)
    self.fits = fits
  }

  var words: String { scale.words }
  var key: StepKey { scale.key }
  var isFitted: Bool { true }
  var reads: [String] { scale.reads }
  var writes: [String] { scale.writes }
  func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema { try scale.result(schema) }
  func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    fits.add()
    return try scale.fit(on: table, progress)
  }
}
