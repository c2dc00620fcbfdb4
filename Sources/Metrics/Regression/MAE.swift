import Descriptions
import Plan

/// The mean of the absolute errors.
public enum MAE: Metric {
  public static let description = describe(
    "mae", "Mean absolute error, in the unit of the label",
    otherNames: ["mean_absolute_error", "neg_mean_absolute_error"],
    reference: "scikit-learn mean_absolute_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { .value($0.residuals.sizes / Double($0.rowCount)) }
  }
}
