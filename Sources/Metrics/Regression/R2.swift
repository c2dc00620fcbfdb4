import Descriptions
import Plan

/// One less the squared errors over the squared distances from the mean; undefined for a label that is the same throughout.
public enum R2: Metric {
  public static let description = describe(
    "r2", "Share of the variance that is explained; 1 is perfect, 0 is no better than the mean",
    otherNames: ["r2_score", "r_squared"],
    reference: "scikit-learn r2_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let sums = answers.residuals
      return sums.isConstant ? .undefined(.constantLabel) : .value(1 - sums.squares / sums.truthSpread)
    }
  }
}
