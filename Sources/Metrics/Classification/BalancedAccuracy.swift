import Descriptions
import Plan

/// The mean recall over the classes that are true of some row; undefined when only one is.
public enum BalancedAccuracy: Metric {
  public static let description = describe(
    "balanced_accuracy", "Mean over the classes of the share of their rows that were found",
    reference: "scikit-learn balanced_accuracy_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      if let only = counts.onlyClass { return .undefined(.oneClass(only)) }
      return counts.macro(counts.recall)
    }
  }
}
