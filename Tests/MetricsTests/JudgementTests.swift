import Kernels
import Plan
import Testing

@testable import Metrics

@Suite struct JudgementTests {
  /// Answers of `classes` classes drawn from a seed, with ties where `levels` is small.
  static func drawn(_ rows: Int, classes: Int, levels: Int, seed: UInt64) -> Judgement {
    var random = CounterRandom(seed: seed, stream: 0)
    let truth = (0..<rows).map { _ in Int32.random(in: 0..<Int32(classes), using: &random) }
    let chances = (0..<rows * classes).map { _ in Double(Int.random(in: 0...levels, using: &random)) / Double(levels) }
    let answers = (0..<rows).map { row -> Int32 in
      Int32((0..<classes).max { chances[row * classes + $0] < chances[row * classes + $1] } ?? 0)
    }
    return Judgement(trueCodes: truth, predictedCodes: answers, probabilities: chances, classCount: classes)
  }

  /// Pairs counted one by one, as the definition has it.
  static func area(_ judgement: Judgement, of code: Int) -> Double {
    let rows = 0..<judgement.rowCount
    func score(_ row: Int) -> Double { judgement.probabilities[row * judgement.classCount + code] }
    var (wins, pairs) = (0.0, 0.0)
    for own in rows where Int(judgement.trueCodes[own]) == code {
      for other in rows where Int(judgement.trueCodes[other]) != code {
        pairs += 1
        wins += score(own) > score(other) ? 1 : score(own) == score(other) ? 0.5 : 0
      }
    }
    return wins / pairs
  }

  @Test(arguments: [(60, 2, 1000), (900, 2, 7), (900, 2, 1_000_000), (700, 4, 50)])
  func areasAreThoseOfPairsCountedOneByOne(rows: Int, classes: Int, levels: Int) throws {
    let judgement = Self.drawn(rows, classes: classes, levels: levels, seed: UInt64(rows + levels))
    let codes = classes == 2 ? [1] : Array(0..<classes)
    let expected = codes.map { Self.area(judgement, of: $0) }.reduce(0, +) / Double(codes.count)
    #expect(abs(try #require(AUC.value(judgement).number) - expected) < 1e-12)
  }

  @Test func groupsOfRankingsAreAtMostOneARowForAnyNumberOfClasses() {
    let judgement = Self.drawn(3000, classes: 40, levels: 1_000_000, seed: 3)
    #expect(judgement.rankings.count == 40)
    #expect(judgement.rankings.reduce(0) { $0 + $1.groups.count } <= 3000)
  }

  @Test func rankingsTakeNegativeScoresAndBothZeros() {
    let scores: [Double] = [-1, 0, -0.0, 2, -3, 0]
    let judgement = Judgement(
      trueCodes: [1, 1, 0, 0, 0, 1], predictedCodes: [0, 0, 0, 0, 0, 0],
      probabilities: scores.flatMap { [0, $0] }, classCount: 2)
    #expect(
      judgement.rankings[0].groups == [
        .init(positives: 2, above: 1, level: 1), .init(positives: 1, above: 2, level: 0),
      ])
  }

  @Test(.serialized, arguments: [2, 5]) func threadsDoNotShow(classes: Int) {
    defer { Threads.set(2) }
    var random = CounterRandom(seed: 1, stream: 1)
    let numbers = (0..<70_000).map { _ in Double.random(in: -5...5, using: &random) }
    let results = [1, 2, 7].map { threads -> [MetricValue] in
      Threads.set(threads)
      let classes = Self.drawn(50_000, classes: classes, levels: 1 << 20, seed: 5)
      let regression = Judgement(trueValues: numbers, predictedValues: numbers.map { $0 * 0.9 + 0.1 })
      return MetricCatalog.values(classes).map(\.value) + MetricCatalog.values(regression).map(\.value)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func whatIsAskedFromManyThreadsIsWorkedOutOnce() {
    let judgement = Self.drawn(20_000, classes: 3, levels: 1 << 20, seed: 8)
    let values = parallelMap(16) { _ in MetricCatalog.values(judgement).map(\.value) }
    #expect(values.allSatisfy { $0 == values[0] })
  }

  @Test func sortedErrorSizesRise() {
    var random = CounterRandom(seed: 2, stream: 1)
    let truth = (0..<5000).map { _ in Double.random(in: -1e6...1e6, using: &random) }
    let judgement = Judgement(trueValues: truth, predictedValues: truth.map { $0 / 3 })
    #expect(judgement.sortedErrorSizes == truth.map { abs($0 - $0 / 3) }.sorted())
  }

  @Test func aThresholdDecidesThePositiveClass() {
    let judgement = Judgement(
      trueCodes: [0, 1, 1], predictedCodes: [0, 0, 1], probabilities: [0.9, 0.1, 0.6, 0.4, 0.1, 0.9], classCount: 2)
    #expect(judgement.deciding(at: 0.4).predictedCodes == [0, 1, 1])
    #expect(judgement.deciding(at: 0.99).predictedCodes == [0, 0, 0])
    let first = Judgement(
      trueCodes: [0], predictedCodes: [1], probabilities: [0.4, 0.6], classCount: 2, positive: 0)
    #expect(first.deciding(at: 0.4).predictedCodes == [0])
  }

  @Test func confusionCountsRowsByTruthThenAnswer() {
    let judgement = Judgement(trueCodes: [0, 0, 1, 2], predictedCodes: [0, 1, 1, 0], classCount: 3)
    let matrix = ConfusionMatrix(judgement)
    #expect(matrix.counts == [1, 1, 0, 0, 1, 0, 1, 0, 0])
    #expect(matrix[2, 0] == 1 && judgement.counts.support[0] == 2 && judgement.counts.given[1] == 2)
    #expect(ConfusionMatrix(judgement, of: [0, 2]).counts == [1, 0, 1, 0])
  }

  @Test func theClassesWithTheMostWrongAnswersAreShown() {
    let judgement = Judgement(
      trueCodes: [0, 1, 1, 2, 3, 3, 3], predictedCodes: [0, 3, 1, 2, 1, 3, 3], classCount: 4)
    #expect(ConfusionMatrix.codes(judgement.counts, limit: 2) == [1, 3])
    #expect(ConfusionMatrix.codes(judgement.counts, limit: 4) == [0, 1, 2, 3])
  }
}
