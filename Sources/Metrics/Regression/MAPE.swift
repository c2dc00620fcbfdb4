import Descriptions
import Plan

/// The mean of the absolute errors over the true sizes, which count as at least one epsilon.
public enum MAPE: Metric {
  public static let description = describe(
    "mape", "Mean absolute error as a share of the true number", otherNames: ["mean_absolute_percentage_error"],
    reference: "scikit-learn mean_absolute_percentage_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let shares = zip(answers.errors, answers.trueValues).map { abs($0) / max(abs($1), .ulpOfOne) }
      return shares.reduce(0, +) / Double(shares.count)
    }
  }
}
