import Descriptions
import Plan

/// The root of the mean of the squared errors, in the unit of the label.
public enum RMSE: Metric {
  public static let description = describe(
    "rmse", "Root of the mean squared error, in the unit of the label",
    otherNames: ["root_mean_squared_error", "neg_root_mean_squared_error"],
    reference: "scikit-learn root_mean_squared_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { .value(($0.residuals.squares / Double($0.rowCount)).squareRoot()) }
  }
}
