import Descriptions
import Explanation
import Kernels
import Learners
import Metrics
import Packaging
import Plan
import Scoring
import Tables
import Testing

@testable import Training

/// Answers how far a row's numbers, added up, are from their mean over the rows that were learned from.
private struct SumAboveMean: Estimator {
  static let description = Description(
    name: "sum_above_mean", summary: "How far the sum of a row is above the mean", group: "Test")
  static let tasks: Set<LearningTask> = []
  static let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: false)

  init(options: Options, seed: UInt64) {}

  func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedSumAboveMean {
    guard design.rowCount >= 2 else {
      throw EngineError(.rows(.tooFew(design.rowCount, needed: 2, by: Self.description.name)))
    }
    let sum = design.columns.reduce(0) { $0 + $1.numbers.reduce(0, +) }
    return FittedSumAboveMean(width: design.features.count, mean: sum / Double(design.rowCount))
  }
}

private struct FittedSumAboveMean: FittedEstimator {
  let width: Int
  let mean: Double

  func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    builder.linear(features, weights: [[Double](repeating: 1, count: width)], intercepts: [-mean])
  }
}

/// A learner without a label goes the way of all others: training, model, package, scoring.
@Suite struct UnlabelledTests {
  static let table = Table([
    ("a", .float(Cells((0..<40).map { Double($0) }))),
    ("b", .float(Cells((0..<40).map { $0 == 7 ? nil : Double(($0 * 7) % 11) }, filler: 0))),
    ("y", .text(TextCells((0..<40).map { $0 % 2 == 0 ? "u" : "v" }))),
  ])

  static func split(label: Bool, rows: Int = 40) throws -> Split {
    let table = table.take(Array(0..<rows))
    let source = MemorySource(name: "rows", table: table)
    var relation = Relation(source: source, declared: source.declaredSchema())
    if label {
      relation = try relation.appending(.label(LabelSpec(name: "y", positive: nil, origins: ["y"])))
    } else {
      relation = try relation.appending(.drop(["y"]))
    }
    let request = SplitRequest(shares: try SplitShares(train: 0.7, valid: 0.3, test: 0))
    return try request.draw(relation, raw: table, seed: 1, Progress()).split
  }

  static func model(label: Bool) throws -> Model {
    try Training([Candidate(SumAboveMean.self)], seed: 1).train(split(label: label), Progress()).model
  }

  /// The answers to the training rows, of which the mean is 0.
  static func answers(_ model: Model) throws -> [Double] {
    let split = try #require(model.split)
    let scored = try model.scorer.score(split.raw.take(split.train), Progress())
    return (0..<split.train.count).map { scored.prediction[$0].number ?? .nan }
  }

  @Test(arguments: [false, true])
  func itIsTrainedAndScores(onLabelledRows: Bool) throws {
    let model = try Self.model(label: onLabelledRows)
    #expect(model.label == nil && model.trainer == nil && model.graph.classes.isEmpty)
    #expect(model.graph.inputs.map(\.name) == ["a", "b"])
    let answers = try Self.answers(model)
    #expect(answers.count == 28 && answers.allSatisfy(\.isFinite))
    #expect(abs(answers.reduce(0, +)) < 1e-9 && answers.contains { abs($0) > 1 })
  }

  @Test func itComesBackFromItsPackage() throws {
    let model = try Self.model(label: false)
    let file = PackageFile(model, madeBy: "test", notes: [], failures: [])
    let bytes = MlpkgWriter.bytes(file)
    let read = try MlpkgReader.read(bytes)
    #expect(read == file && read.label == nil && read.task == nil && MlpkgWriter.bytes(read) == bytes)
    let manifest = try MlpkgReader.manifest(Array(bytes.prefix(1 << 16)))
    #expect(manifest.labelName == nil && manifest.task == nil && manifest.algorithm == "sum_above_mean")
    let again = try read.model()
    let rows = Self.table.select(["a", "b"])
    #expect(try again.scorer.score(rows, Progress()).prediction == model.scorer.score(rows, Progress()).prediction)
    #expect(again.label == nil)
    _ = try OnnxTarget.emit(read)
  }

  @Test func judgingItSaysThatThereIsNoLabel() throws {
    let model = try Self.model(label: false)
    let none = EngineError(.label(.ofNoModel("rows")))
    #expect(throws: none) { try JudgedRows(model, Progress()) }
    #expect(throws: none) { try JudgedRows(opening: Self.split(label: false), of: model, OpeningLedger(), Progress()) }
    #expect(throws: none) {
      try PermutationImportance(
        model, raw: Self.table.select(["a", "b"]), labels: Column.float(Cells([Double](repeating: 0, count: 40))),
        metric: RMSE.self, repeats: 1, seed: 1, Progress())
    }
  }

  @Test func othersStillNeedALabelAndARankingNeedsOneOfEach() throws {
    let split = try Self.split(label: false)
    #expect(throws: EngineError(.label(.notChosen("rows")))) {
      try Training([Candidate(LinearRegression.self)], seed: 1).train(split, Progress())
    }
    let both = [Candidate(SumAboveMean.self), Candidate(DecisionTree.self)]
    #expect(throws: EngineError(.label(.notRanked("sum_above_mean")))) {
      try Training(both, seed: 1).train(Self.split(label: true), Progress())
    }
  }

  @Test func tooFewRowsAreALearnersOwnProblem() throws {
    let data = try TrainingData(Self.split(label: false), rows: RowList([0]), Progress())
    let pipeline = Pipeline(Candidate(SumAboveMean.self), label: nil, seed: 1)
    #expect(throws: EngineError(.rows(.tooFew(1, needed: 2, by: "sum_above_mean")))) {
      try pipeline.fit(data, Progress())
    }
  }
}
