import Descriptions
import Plan

/// The harmonic mean of precision and recall; for more than two classes the unweighted mean over classes.
public enum F1: Metric {
  public static let description = describe(
    "f1", "Harmonic mean of precision and recall; over more than two classes the mean",
    otherNames: ["f1_macro", "f_score"],
    reference: "scikit-learn f1_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      return answers.task == .binary ? matrix.f1(answers.positive) : matrix.macro(matrix.f1)
    }
  }
}
