import Descriptions
import Plan

/// The area under the receiver operating characteristic: the chance that a positive row scores above a negative one, ties
/// counting half. For more than two classes the mean of each class against the rest; undefined unless every class is true of
/// some row.
public enum AUC: Metric {
  public static let description = describe(
    "auc",
    "Chance that a positive row scores above a negative one; over more classes the mean of each against the rest",
    otherNames: ["roc_auc", "roc_auc_ovr", "auroc"],
    reference: "scikit-learn roc_auc_score, multi_class ovr, average macro; Hanley & McNeil 1982")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let codes = answers.task == .binary ? [answers.positive] : Array(0..<answers.classCount)
      var sum = 0.0
      for code in codes {
        guard let scores = answers.probability(of: code), let area = area(scores, answers.isClass(code)) else {
          return nil
        }
        sum += area
      }
      return sum / Double(codes.count)
    }
  }

  /// The Mann–Whitney statistic over its maximum, from the ranks of the positives with ties at their mean. O(n log n).
  static func area(_ scores: [Double], _ isPositive: [Bool]) -> Double? {
    let groups = ScoreGroups(scores, isPositive)
    let positives = groups.positives.reduce(0, +)
    let negatives = groups.negatives.reduce(0, +)
    guard positives > 0, negatives > 0 else { return nil }
    var above = 0
    var doubled = 0.0
    for (positive, negative) in zip(groups.positives, groups.negatives) {
      doubled += Double(negative) * Double(2 * above + positive)
      above += positive
    }
    return doubled / 2 / Double(positives) / Double(negatives)
  }
}
