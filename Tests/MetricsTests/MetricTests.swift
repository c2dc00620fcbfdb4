import Metrics
import Plan
import Testing

@Suite struct MetricTests {
  @Test(arguments: JudgedAnswers.all)
  func valuesEqualThoseOfTheJudge(answers: JudgedAnswers) throws {
    for (name, expected) in answers.expected.sorted(by: { $0.key < $1.key }) {
      let metric = try #require(MetricCatalog.named(name), "no metric \(name)")
      let value = metric.value(answers.predictions)
      switch (value, expected) {
      case (let value?, let expected?): #expect(abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(name)")
      default: #expect(value == expected, "\(name)")
      }
    }
  }

  @Test func everyMetricOfATaskIsJudged() {
    for task in LearningTask.allCases {
      let judged = Set(JudgedAnswers.all.filter { $0.predictions.task == task }.flatMap { $0.expected.keys })
      let apart: Set = ["matthews_corrcoef"]  // judged beside its own file
      #expect(Set(MetricCatalog.metrics(for: task).map { $0.name }).subtracting(apart) == judged)
    }
  }

  @Test func everyMetricIsUndefinedWithoutRowsOrForAnotherTask() {
    let nothing = Predictions(trueCodes: [], predictedCodes: [], classCount: 2)
    let numbers = Predictions(trueValues: [1, 2], predictedValues: [1, 3])
    for metric in MetricCatalog.all {
      #expect(metric.value(nothing) == nil)
      #expect((metric.value(numbers) == nil) == !metric.tasks.contains(.regression), "\(metric.name)")
    }
  }

  @Test func rankingDoesNotDependOnTheOrderOfTiedRows() {
    let forward = Predictions(
      trueCodes: [0, 1, 1, 0], predictedCodes: [0, 0, 0, 0], probabilities: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1],
      classCount: 2)
    let backward = forward.take([3, 2, 1, 0])
    #expect(AUC.value(forward) == 0.75 && AUC.value(backward) == 0.75)
    #expect(AveragePrecision.value(forward) == AveragePrecision.value(backward))
  }

  @Test func namesAndOtherNamesAreUniqueAndTheStandardIsOfItsTask() {
    let names = MetricCatalog.all.flatMap { [$0.name] + $0.description.otherNames }
    #expect(Set(names).count == names.count)
    for task in LearningTask.allCases { #expect(MetricCatalog.standard(for: task).tasks.contains(task)) }
    #expect(MetricDirection.lower.isBetter(1, than: 2) && !MetricDirection.higher.isBetter(1, than: 1))
  }

  @Test func confusionCountsRowsByTruthThenAnswer() {
    let matrix = ConfusionMatrix(
      Predictions(trueCodes: [0, 0, 1, 2], predictedCodes: [0, 1, 1, 0], classCount: 3))
    #expect(matrix.counts == [1, 1, 0, 0, 1, 0, 1, 0, 0])
    #expect(matrix[2, 0] == 1 && matrix.support(0) == 2 && matrix.predicted(1) == 2)
  }
}
