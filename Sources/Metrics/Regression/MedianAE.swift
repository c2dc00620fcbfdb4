import Descriptions
import Plan

/// The median of the absolute errors; the mean of the middle two for an even number of rows.
public enum MedianAE: Metric {
  public static let description = describe(
    "median_ae", "Median absolute error", otherNames: ["median_absolute_error", "neg_median_absolute_error"],
    reference: "scikit-learn median_absolute_error")
  public static let direction = MetricDirection.lower
  public static let tasks: Set<LearningTask> = [.regression]

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let sizes = answers.sortedErrorSizes
      let middle = sizes.count / 2
      return .value(sizes.count % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2)
    }
  }
}
