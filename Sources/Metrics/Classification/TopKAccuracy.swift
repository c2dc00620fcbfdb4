import Descriptions
import Plan

/// The share of rows whose class is among the two with the highest probabilities; of equal ones the later class stands first.
public enum TopKAccuracy: Metric {
  /// scikit-learn's default. It is fixed because a condition names a figure and nothing else: `require top_k_accuracy >= 0.9`.
  static let k = 2

  public static let description = describe(
    "top_k_accuracy", "Share of rows whose class is one of the two most probable",
    otherNames: ["top_k_accuracy_score", "top_2_accuracy"],
    reference: "scikit-learn top_k_accuracy_score, k = 2")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.multiclass]

  public static func value(_ judgement: Judgement) -> MetricValue {
    ofProbabilities(judgement) { answers in
      .value(
        answers.mean { row in
          let truth = Int(answers.trueCodes[row])
          let own = answers.probability(row, of: truth)
          let ahead = (0..<answers.classCount).count { code in
            let other = answers.probability(row, of: code)
            return other > own || other == own && code > truth
          }
          return ahead < k ? 1 : 0
        })
    }
  }
}
