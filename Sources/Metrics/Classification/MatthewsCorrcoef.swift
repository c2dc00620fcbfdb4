import Descriptions
import Plan

/// The correlation of answer and truth, for any number of classes: 1 is perfect, 0 no better than chance. It is undefined when
/// all answers or all truths are of one class.
public enum MatthewsCorrcoef: Metric {
  public static let description = describe(
    "matthews_corrcoef", "Correlation of answer and truth, fair to rare classes",
    otherNames: ["mcc", "phi"], reference: "scikit-learn matthews_corrcoef; Gorodkin 2004")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      if let only = counts.onlyClass { return .undefined(.oneClass(only)) }
      if let only = counts.onlyAnswer { return .undefined(.oneAnswer(only)) }
      let total = Double(answers.rowCount)
      let (truths, given) = (counts.support.map(Double.init), counts.given.map(Double.init))
      let shared = Double(counts.correct) * total - zip(truths, given).reduce(0) { $0 + $1.0 * $1.1 }
      let truthSpread = total * total - truths.reduce(0) { $0 + $1 * $1 }
      let givenSpread = total * total - given.reduce(0) { $0 + $1 * $1 }
      return .value(shared / (truthSpread.squareRoot() * givenSpread.squareRoot()))
    }
  }
}
