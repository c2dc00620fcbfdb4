import Descriptions
import Plan

/// True negatives over all negatives, the recall of the class that is not positive; undefined when there are none.
public enum Specificity: Metric {
  public static let description = describe(
    "specificity", "Share of the negative rows that were left alone", otherNames: ["tnr", "selectivity"],
    reference: "scikit-learn recall_score of the negative class")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.binary]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let negative = 1 - answers.positive
      return .of(answers.counts.recall(negative), else: .noRow(of: negative))
    }
  }
}
