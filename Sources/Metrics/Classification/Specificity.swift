import Descriptions
import Plan

/// True negatives over all negatives: the recall of the class that is not positive.
public enum Specificity: Metric {
  public static let description = describe(
    "specificity", "Share of the negative rows that were left alone", otherNames: ["tnr", "selectivity"],
    reference: "scikit-learn recall_score of the negative class")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.binary]

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      answers.classCount == 2 ? ConfusionMatrix(answers).recall(1 - answers.positive) : nil
    }
  }
}
