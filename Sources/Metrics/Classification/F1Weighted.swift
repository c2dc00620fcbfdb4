import Descriptions
import Plan

/// The mean over the classes of their f1, weighted by the rows that are of the class.
public enum F1Weighted: Metric {
  public static let description = describe(
    "f1_weighted", "Mean over the classes of their f1, each by its rows",
    reference: "scikit-learn f1_score, average weighted")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { $0.counts.weighted($0.counts.f1) }
  }
}
