import Descriptions
import Glibc
import Plan

/// The mean of −log of the probability that the true class was given, probabilities kept an epsilon away from 0 and 1.
public enum LogLoss: Metric {
  public static let description = describe(
    "log_loss", "Mean of −log of the probability given to the true class",
    otherNames: ["neg_log_loss", "cross_entropy", "logloss"], reference: "scikit-learn log_loss")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    ofProbabilities(judgement) { answers in
      let epsilon = Double.ulpOfOne
      return .value(
        answers.mean { row in
          let chance = answers.probability(row, of: Int(answers.trueCodes[row]))
          return -log(min(max(chance, epsilon), 1 - epsilon))
        })
    }
  }
}
