import Descriptions
import Plan

/// The mean of their precision over the classes that rows are of and were given, weighted by the rows that are of the class.
public enum PrecisionWeighted: Metric {
  public static let description = describe(
    "precision_weighted", "Mean over the classes of their precision, each by its rows",
    reference: "scikit-learn precision_score, average weighted")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { $0.counts.weighted($0.counts.precision) }
  }
}
