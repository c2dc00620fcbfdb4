import Descriptions
import Plan

/// The area under the receiver operating characteristic: the chance that a positive row scores above a negative one, ties
/// counting half. For more than two classes the mean of each that rows are of against the rest; undefined when all are of one.
public enum AUC: Metric {
  public static let description = describe(
    "auc",
    "Chance that a positive row scores above a negative one; over more classes the mean of each against the rest",
    otherNames: ["roc_auc", "roc_auc_ovr", "auroc"],
    reference: "scikit-learn roc_auc_score, multi_class ovr, average macro; Hanley & McNeil 1982")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    ofProbabilities(judgement) { answers in
      if let only = answers.counts.onlyClass { return .undefined(.oneClass(only)) }
      return .mean(answers.rankings.map { (area($0), 1) }, else: { .noRow(of: answers.rankedCodes[$0]) })
    }
  }

  /// The Mann–Whitney statistic over its maximum, from the ranks of the positives with ties at their mean; nil when there are no
  /// positives or no negatives. O(groups).
  public static func area(_ ranking: ScoreRanking) -> Double? {
    guard ranking.positives > 0, ranking.negatives > 0 else { return nil }
    let doubled = ranking.groups.reduce(0.0) { sum, group in
      let below = ranking.negatives - group.above - group.level
      return sum + Double(group.positives) * Double(2 * below + group.level)
    }
    return doubled / 2 / Double(ranking.positives) / Double(ranking.negatives)
  }
}
