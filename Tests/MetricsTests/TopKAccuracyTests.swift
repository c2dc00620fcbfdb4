import Metrics
import Plan
import Testing

@Suite struct TopKAccuracyTests {
  /// What scikit-learn 1.9.1 says of the judged answers.
  static let judged: [(answers: String, value: Double)] = [
    ("threeClasses", 0.8888888888888888),
    ("threeClassesOneAbsent", 0.7857142857142857),
    ("threeClassesWithTies", 0.8),
  ]

  @Test(arguments: judged)
  func valuesEqualThoseOfTheJudge(answers: String, value: Double) throws {
    let judged = try #require(JudgedAnswers.all.first { $0.testDescription == answers })
    let found = try #require(TopKAccuracy.value(judged.judgement).number)
    #expect(abs(found - value) < 1e-12)
  }

  @Test func ofEqualProbabilitiesTheLaterClassStandsFirst() {
    let judgement = Judgement(
      trueCodes: [0, 1, 2], predictedCodes: [0, 0, 0], probabilities: [Double](repeating: 0.25, count: 12),
      classCount: 4)
    #expect(TopKAccuracy.value(judgement).number == 1.0 / 3)
  }

  @Test func itIsAFigureOfMoreThanTwoClasses() {
    let two = Judgement(trueCodes: [0], predictedCodes: [0], probabilities: [0.5, 0.5], classCount: 2)
    #expect(TopKAccuracy.value(two) == .undefined(.otherTask))
    #expect(MetricCatalog.named("top_k_accuracy")?.tasks == [.multiclass])
  }
}
