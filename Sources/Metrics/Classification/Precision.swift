import Descriptions
import Plan

/// True positives over all that were given the positive class; for more than two classes the unweighted mean over classes.
public enum Precision: Metric {
  public static let description = describe(
    "precision", "Share of rows given the positive class that are of it; over more than two classes the mean",
    otherNames: ["precision_macro", "ppv"],
    reference: "scikit-learn precision_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      return answers.task == .binary ? matrix.precision(answers.positive) : matrix.macro(matrix.precision)
    }
  }
}
