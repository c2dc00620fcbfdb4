import Descriptions
import Plan

/// True positives over all positives; for more than two classes the unweighted mean over classes.
public enum Recall: Metric {
  public static let description = describe(
    "recall", "Share of the positive rows that were found; over more than two classes the mean",
    otherNames: ["recall_macro", "sensitivity", "tpr"],
    reference: "scikit-learn recall_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      return answers.task == .binary ? matrix.recall(answers.positive) : matrix.macro(matrix.recall)
    }
  }
}
