import Descriptions
import Plan

/// The harmonic mean of precision and recall, as 2 · hits / (rows of the class + rows given it), undefined when there are neither;
/// for more than two classes the unweighted mean.
public enum F1: Metric {
  public static let description = describe(
    "f1", "Harmonic mean of precision and recall; over more than two classes the mean",
    otherNames: ["f1_macro", "f_score"],
    reference: "scikit-learn f1_score, average binary or macro")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      guard answers.task == .binary else { return counts.macro(counts.f1) }
      return .of(counts.f1(answers.positive), else: .neither(answers.positive))
    }
  }
}
