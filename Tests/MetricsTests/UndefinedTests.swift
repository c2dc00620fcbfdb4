import Metrics
import Plan
import Testing

/// What is nothing over nothing is no number, and says why.
@Suite struct UndefinedTests {
  /// No row is positive and none was given it.
  static let nonePositive = Judgement(
    trueCodes: [0, 0, 0], predictedCodes: [0, 0, 0], probabilities: [0.9, 0.1, 0.8, 0.2, 0.7, 0.3], classCount: 2)
  /// Positive rows that were never found.
  static let neverGiven = Judgement(
    trueCodes: [0, 1, 1], predictedCodes: [0, 0, 0], probabilities: [0.9, 0.1, 0.8, 0.2, 0.7, 0.3], classCount: 2)
  static let allPositive = Judgement(
    trueCodes: [1, 1], predictedCodes: [0, 1], probabilities: [0.9, 0.1, 0.2, 0.8], classCount: 2)

  static let cases: [(String, Judgement, Undefined)] = [
    ("precision", nonePositive, .noneGiven(1)), ("recall", nonePositive, .noRow(of: 1)),
    ("f1", nonePositive, .neither(1)), ("balanced_accuracy", nonePositive, .oneClass(0)),
    ("auc", nonePositive, .oneClass(0)), ("average_precision", nonePositive, .noRow(of: 1)),
    ("cohen_kappa", nonePositive, .oneClass(0)), ("matthews_corrcoef", nonePositive, .oneClass(0)),
    ("precision", neverGiven, .noneGiven(1)), ("matthews_corrcoef", neverGiven, .oneAnswer(0)),
    ("specificity", allPositive, .noRow(of: 0)), ("balanced_accuracy", allPositive, .oneClass(1)),
    ("auc", allPositive, .oneClass(1)),
    ("r2", Judgement(trueValues: [0.1, 0.1, 0.1], predictedValues: [0.1, 0.1, 0.2]), .constantLabel),
    ("explained_variance", Judgement(trueValues: [0.1, 0.1, 0.1], predictedValues: [1, 1, 1]), .constantLabel),
    ("mape", Judgement(trueValues: [1, 0, 0], predictedValues: [1, 0, 2]), .zeroLabel(rows: 2)),
    ("mse", Judgement(trueValues: [1e200, 0], predictedValues: [0, 0]), .tooLarge),
  ]

  @Test(arguments: cases)
  func aFigureOfNothingIsUndefined(name: String, judgement: Judgement, reason: Undefined) throws {
    #expect(try #require(MetricCatalog.named(name)).value(judgement) == .undefined(reason))
  }

  @Test func aClassThatIsThereAndNeverFoundHasNoHits() {
    #expect(Recall.value(Self.neverGiven) == .value(0) && F1.value(Self.neverGiven) == .value(0))
    #expect(Accuracy.value(Self.nonePositive) == .value(1) && Specificity.value(Self.nonePositive) == .value(1))
  }

  @Test func metricsOfProbabilitiesAreUndefinedWithoutThem() {
    let bare = Judgement(trueCodes: [0, 1], predictedCodes: [0, 1], classCount: 2)
    for metric in [AUC.self, AveragePrecision.self, LogLoss.self, BrierScore.self] as [any Metric.Type] {
      #expect(metric.value(bare) == .undefined(.noProbabilities), "\(metric.name)")
    }
  }

  /// Class 1 was never given, class 2 is there for no row and was given once.
  @Test func meansSayOverHowManyClassesTheyAre() {
    let judgement = Judgement(trueCodes: [0, 0, 0, 1], predictedCodes: [0, 0, 2, 0], classCount: 3)
    #expect(Recall.value(judgement) == .partial((2.0 / 3) / 2, classes: 2, of: 3, .noRow(of: 2)))
    #expect(Precision.value(judgement) == .partial((2.0 / 3) / 2, classes: 2, of: 3, .noneGiven(1)))
    #expect(PrecisionWeighted.value(judgement) == .partial(2.0 / 3, classes: 1, of: 2, .noneGiven(1)))
    #expect(RecallWeighted.value(judgement) == .value(0.5))
    #expect(F1.value(judgement).number == (2.0 * 2 / 6) / 3)
  }

  static func scores(_ metric: any Metric.Type, _ folds: [Judgement]) -> FoldScores {
    FoldScores(folds.map { (metric.value($0), rows: $0.rowCount) })
  }

  @Test func foldsWithoutAValueForAnyModelAreLeftOut() {
    let sound = Judgement(trueCodes: [0, 1], predictedCodes: [0, 1], classCount: 2)
    let scores = Self.scores(Recall.self, [sound, Self.nonePositive, Self.neverGiven])
    #expect(scores.values == [1, 0] && scores.mean == 0.5 && scores.standardError == 0.5 && scores.undefined == nil)
    #expect(Self.scores(AUC.self, [Self.nonePositive]).undefined?.reason == .oneClass(0))
  }

  @Test func aFoldThatTheAnswersLeaveWithoutAValueLeavesNone() {
    let sound = Judgement(trueCodes: [0, 1], predictedCodes: [0, 1], classCount: 2)
    let scores = Self.scores(Precision.self, [Self.nonePositive, sound, Self.neverGiven])
    #expect(scores.mean == nil && scores.undefined?.reason == .noneGiven(1))
    let fewer = Judgement(trueCodes: [0, 0, 1, 2], predictedCodes: [0, 0, 0, 2], classCount: 3)
    #expect(Self.scores(Precision.self, [fewer]).mean == nil, "a mean over fewer classes is no rival's equal")
    #expect(Self.scores(Recall.self, [fewer.take([0, 1, 2])]).mean == 0.5)
  }
}
