import Metrics
import Plan
import Testing

@Suite struct MetricTests {
  @Test(arguments: JudgedAnswers.all)
  func valuesEqualThoseOfTheJudge(answers: JudgedAnswers) throws {
    for (name, expected) in answers.expected.sorted(by: { $0.key < $1.key }) {
      let metric = try #require(MetricCatalog.named(name), "no metric \(name)")
      let value = metric.value(answers.judgement).number
      switch (value, expected) {
      case (let value?, let expected?): #expect(abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(name)")
      default: #expect(value == expected, "\(name)")
      }
    }
  }

  @Test func everyMetricIsUndefinedWithoutRowsOrForAnotherTask() {
    let nothing = Judgement(trueCodes: [], predictedCodes: [], classCount: 2)
    let numbers = Judgement(trueValues: [1, 2], predictedValues: [1, 3])
    for metric in MetricCatalog.all {
      #expect(metric.value(nothing) == .undefined(metric.tasks.contains(.binary) ? .noRows : .otherTask))
      #expect((metric.value(numbers).number == nil) == !metric.tasks.contains(.regression), "\(metric.name)")
    }
  }

  @Test func aRowWithoutAnAnswerLeavesEveryMetricUndefined() {
    let undecided = Judgement(trueCodes: [0, 1], predictedCodes: [0, -1], classCount: 2)
    let gap = Judgement(
      trueCodes: [0, 1], predictedCodes: [0, 1], probabilities: [0.5, 0.5, .nan, 1], classCount: 2)
    let numbers = Judgement(trueValues: [1, 2], predictedValues: [1, .nan])
    for metric in MetricCatalog.metrics(for: .binary) {
      #expect(metric.value(undecided) == .undefined(.unanswered(rows: 1)), "\(metric.name)")
      #expect(metric.value(gap) == .undefined(.unanswered(rows: 1)), "\(metric.name)")
    }
    for metric in MetricCatalog.metrics(for: .regression) {
      #expect(metric.value(numbers) == .undefined(.unanswered(rows: 1)), "\(metric.name)")
    }
  }

  @Test func rankingDoesNotDependOnTheOrderOfTiedRows() {
    let forward = Judgement(
      trueCodes: [0, 1, 1, 0], predictedCodes: [0, 0, 0, 0], probabilities: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.1],
      classCount: 2)
    let backward = forward.take([3, 2, 1, 0])
    #expect(AUC.value(forward) == .value(0.75) && AUC.value(backward) == .value(0.75))
    #expect(AveragePrecision.value(forward) == AveragePrecision.value(backward))
  }

  @Test func namesAndOtherNamesAreUniqueAndTheStandardIsOfItsTask() {
    let names = MetricCatalog.all.flatMap { [$0.name] + $0.description.otherNames }
    #expect(Set(names).count == names.count)
    for task in LearningTask.allCases { #expect(MetricCatalog.standard(for: task).tasks.contains(task)) }
    #expect(MetricDirection.lower.isBetter(1, than: 2) && !MetricDirection.higher.isBetter(1, than: 1))
  }
}
