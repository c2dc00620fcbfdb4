import Descriptions
import Plan

/// The mean recall over the classes that are true of some row.
public enum BalancedAccuracy: Metric {
  public static let description = describe(
    "balanced_accuracy", "Mean over the classes of the share of their rows that were found",
    reference: "scikit-learn balanced_accuracy_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      let present = (0..<matrix.classCount).filter { matrix.support($0) > 0 }
      return present.reduce(0) { $0 + matrix.recall($1) } / Double(present.count)
    }
  }
}
