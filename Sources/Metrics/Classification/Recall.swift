import Descriptions
import Plan

/// True positives over all positives, undefined when there are none; for more than two classes the unweighted mean over those that
/// rows are of.
public enum Recall: Metric {
  public static let description = describe(
    "recall", "Share of the positive rows that were found; over more than two classes the mean",
    otherNames: ["recall_macro", "sensitivity", "tpr"],
    reference: "scikit-learn recall_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      guard answers.task == .binary else { return counts.macro(counts.recall) }
      return .of(counts.recall(answers.positive), else: .noRow(of: answers.positive))
    }
  }
}
