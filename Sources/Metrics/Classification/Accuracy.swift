import Descriptions
import Plan

/// The share of rows whose decided class is the true one.
public enum Accuracy: Metric {
  public static let description = describe(
    "accuracy", "Share of rows that were given their class",
    reference: "scikit-learn accuracy_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { .value(Double($0.counts.correct) / Double($0.rowCount)) }
  }
}
