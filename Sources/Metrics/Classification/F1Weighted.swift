import Descriptions
import Plan

/// The mean over the classes of their f1, weighted by the rows that are of the class.
public enum F1Weighted: Metric {
  public static let description = describe(
    "f1_weighted", "Mean over the classes of their f1, each by its rows",
    reference: "scikit-learn f1_score, average weighted")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      return matrix.weighted(matrix.f1)
    }
  }
}
