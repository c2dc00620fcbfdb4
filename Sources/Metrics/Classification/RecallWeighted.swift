import Descriptions
import Plan

/// The mean over the classes of their recall, weighted by the rows that are of the class.
public enum RecallWeighted: Metric {
  public static let description = describe(
    "recall_weighted", "Mean over the classes of their recall, each by its rows",
    reference: "scikit-learn recall_score, average weighted")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { $0.counts.weighted($0.counts.recall) }
  }
}
