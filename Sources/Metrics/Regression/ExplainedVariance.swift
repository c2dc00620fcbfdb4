import Descriptions
import Plan

/// One less the variance of the errors over the variance of the label: r2, forgiving a constant error; undefined for a label that is
/// the same throughout.
public enum ExplainedVariance: Metric {
  public static let description = describe(
    "explained_variance", "Share of the variance that is explained, a constant error aside",
    otherNames: ["explained_variance_score"],
    reference: "scikit-learn explained_variance_score")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let sums = answers.residuals
      return sums.isConstant ? .undefined(.constantLabel) : .value(1 - sums.errorSpread / sums.truthSpread)
    }
  }
}
