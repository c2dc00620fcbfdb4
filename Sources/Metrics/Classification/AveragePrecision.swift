import Descriptions
import Plan

/// The mean of the precisions at each threshold, weighted by the gain in recall; undefined without a positive row. For more than two
/// classes the mean of each that rows are of against the rest.
public enum AveragePrecision: Metric {
  public static let description = describe(
    "average_precision", "Mean precision along the recall curve, without interpolation",
    otherNames: ["average_precision_score", "pr_auc", "auprc"],
    reference: "scikit-learn average_precision_score, average macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    ofProbabilities(judgement) { answers in
      .mean(answers.rankings.map { (mean($0), 1) }, else: { .noRow(of: answers.rankedCodes[$0]) })
    }
  }

  /// nil when there are no positives. O(groups).
  public static func mean(_ ranking: ScoreRanking) -> Double? {
    guard ranking.positives > 0 else { return nil }
    var found = 0
    var sum = 0.0
    for group in ranking.groups {
      found += group.positives
      let taken = found + group.above + group.level
      sum += Double(group.positives) / Double(ranking.positives) * (Double(found) / Double(taken))
    }
    return sum
  }
}
