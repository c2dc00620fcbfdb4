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

  public static func value(_ judgement: Judgement) -> MetricValue {
    ofProbabilities(judgement) { answers in
      let codes = answers.task == .binary ? answers.positive..<answers.positive + 1 : 0..<answers.classCount
      return .value(
        answers.mean { row in
          let truth = Int(answers.trueCodes[row])
          var sum = 0.0
          for code in codes {
            let error = answers.probability(row, of: code) - (truth == code ? 1 : 0)
            sum += error * error
          }
          return sum
        })
    }
  }
}
