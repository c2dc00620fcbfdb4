import Descriptions
import Plan

/// True positives over all that were given the positive class, undefined when none was; for more than two classes the unweighted
/// mean over those that were given.
public enum Precision: Metric {
  public static let description = describe(
    "precision", "Share of rows given the positive class that are of it; over more than two classes the mean",
    otherNames: ["precision_macro", "ppv"],
    reference: "scikit-learn precision_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      guard answers.task == .binary else { return counts.macro(counts.precision) }
      return .of(counts.precision(answers.positive), else: .noneGiven(answers.positive))
    }
  }
}
