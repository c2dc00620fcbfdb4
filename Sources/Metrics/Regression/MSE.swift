import Descriptions
import Plan

/// The mean of the squared errors.
public enum MSE: Metric {
  public static let description = describe(
    "mse", "Mean squared error", otherNames: ["mean_squared_error", "neg_mean_squared_error"],
    reference: "scikit-learn mean_squared_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { .value($0.residuals.squares / Double($0.rowCount)) }
  }
}
