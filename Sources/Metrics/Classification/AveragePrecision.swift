import Descriptions
import Plan

/// The mean of the precisions at each threshold, weighted by the gain in recall. For more than two classes the mean of each class
/// against the rest; undefined unless every class is true of some row.
public enum AveragePrecision: Metric {
  public static let description = describe(
    "average_precision", "Mean precision along the recall curve, without interpolation",
    otherNames: ["average_precision_score", "pr_auc", "auprc"],
    reference: "scikit-learn average_precision_score, average macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let codes = answers.task == .binary ? [answers.positive] : Array(0..<answers.classCount)
      var sum = 0.0
      for code in codes {
        guard let scores = answers.probability(of: code), let mean = mean(scores, answers.isClass(code)) else {
          return nil
        }
        sum += mean
      }
      return sum / Double(codes.count)
    }
  }

  static func mean(_ scores: [Double], _ isPositive: [Bool]) -> Double? {
    let groups = ScoreGroups(scores, isPositive)
    let total = groups.positives.reduce(0, +)
    guard total > 0 else { return nil }
    var found = 0
    var taken = 0
    var sum = 0.0
    for (positive, negative) in zip(groups.positives, groups.negatives) {
      found += positive
      taken += positive + negative
      sum += Double(positive) / Double(total) * (Double(found) / Double(taken))
    }
    return sum
  }
}
