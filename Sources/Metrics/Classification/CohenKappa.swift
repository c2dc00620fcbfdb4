import Descriptions
import Plan

/// Agreement of answer and truth beyond that of chance; undefined when all truths and all answers are one class.
public enum CohenKappa: Metric {
  public static let description = describe(
    "cohen_kappa", "Agreement beyond what chance gives", otherNames: ["cohen_kappa_score", "kappa"],
    reference: "scikit-learn cohen_kappa_score; Cohen 1960")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ judgement: Judgement) -> MetricValue {
    defined(judgement) { answers in
      let counts = answers.counts
      let total = Double(answers.rowCount)
      if let only = counts.onlyClass, only == counts.onlyAnswer { return .undefined(.oneClass(only)) }
      let chance = zip(counts.support, counts.given).reduce(0.0) {
        $0 + Double($1.0) / total * (Double($1.1) / total)
      }
      return .value((Double(counts.correct) / total - chance) / (1 - chance))
    }
  }
}
