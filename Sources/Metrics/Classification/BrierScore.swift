import Descriptions
import Plan

/// The mean squared distance of the probabilities from the truth: of the positive class for two classes, summed over the
/// classes for more.
public enum BrierScore: Metric {
  public static let description = describe(
    "brier_score", "Mean squared distance of the probabilities from the truth",
    otherNames: ["brier_score_loss", "neg_brier_score", "brier"],
    reference: "scikit-learn brier_score_loss; Brier 1950")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      guard !answers.probabilities.isEmpty, answers.classCount > 1 else { return nil }
      let codes = answers.task == .binary ? [answers.positive] : Array(0..<answers.classCount)
      var sum = 0.0
      for (row, truth) in answers.trueCodes.enumerated() {
        for code in codes {
          let error = answers.probabilities[row * answers.classCount + code] - (Int(truth) == code ? 1 : 0)
          sum += error * error
        }
      }
      return sum / Double(answers.rowCount)
    }
  }
}
