import Descriptions
import Plan

/// One less the squared errors over the squared distances from the mean; undefined for a single row. For a label without variance it is 1 when every answer is right, else 0.
public enum R2: Metric {
  public static let description = describe(
    "r2", "Share of the variance that is explained; 1 is perfect, 0 is no better than the mean",
    otherNames: ["r2_score", "r_squared"],
    reference: "scikit-learn r2_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      guard answers.rowCount > 1 else { return nil }
      let mean = answers.trueValues.reduce(0, +) / Double(answers.rowCount)
      return RegressionErrors.explained(
        residual: answers.errors.reduce(0) { $0 + $1 * $1 },
        total: answers.trueValues.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
  }
}
