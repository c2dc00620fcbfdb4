import Descriptions
import Plan

/// Agreement of answer and truth beyond that of chance; undefined when chance alone must agree.
public enum CohenKappa: Metric {
  public static let description = describe(
    "cohen_kappa", "Agreement beyond what chance gives", otherNames: ["cohen_kappa_score", "kappa"],
    reference: "scikit-learn cohen_kappa_score; Cohen 1960")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      let total = Double(matrix.total)
      let chance = (0..<matrix.classCount).reduce(0.0) {
        $0 + Double(matrix.support($1)) / total * (Double(matrix.predicted($1)) / total)
      }
      guard chance < 1 else { return nil }
      return (Double(matrix.correct) / total - chance) / (1 - chance)
    }
  }
}
