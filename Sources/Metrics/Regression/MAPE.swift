import Descriptions
import Plan

/// The mean of the absolute errors over the true sizes, which count as at least one epsilon; undefined when a true number is 0.
public enum MAPE: Metric {
  public static let description = describe(
    "mape", "Mean absolute error as a share of the true number", otherNames: ["mean_absolute_percentage_error"],
    reference: "scikit-learn mean_absolute_percentage_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let zeros = answers.sum { answers.trueValues[$0] == 0 ? 1 : 0 }
      guard zeros == 0 else { return .undefined(.zeroLabel(rows: Int(zeros))) }
      return .value(
        answers.mean { row in
          let truth = answers.trueValues[row]
          return abs(truth - answers.predictedValues[row]) / max(abs(truth), .ulpOfOne)
        })
    }
  }
}
