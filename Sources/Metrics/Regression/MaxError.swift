import Descriptions
import Plan

/// The largest absolute error.
public enum MaxError: Metric {
  public static let description = describe(
    "max_error", "Largest absolute error",
    reference: "scikit-learn max_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { .value($0.residuals.largest) }
  }
}
