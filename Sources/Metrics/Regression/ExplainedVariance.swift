import Descriptions
import Plan

/// One less the variance of the errors over the variance of the label: r2, forgiving a constant error.
public enum ExplainedVariance: Metric {
  public static let description = describe(
    "explained_variance", "Share of the variance that is explained, a constant error aside",
    otherNames: ["explained_variance_score"],
    reference: "scikit-learn explained_variance_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      RegressionErrors.explained(
        residual: RegressionErrors.variance(answers.errors), total: RegressionErrors.variance(answers.trueValues))
    }
  }
}
