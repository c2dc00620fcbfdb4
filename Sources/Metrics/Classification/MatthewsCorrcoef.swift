import Descriptions
import Plan

/// The correlation of answer and truth, for any number of classes: 1 is perfect, 0 no better than chance. It is 0 when all
/// answers or all truths are of one class.
public enum MatthewsCorrcoef: Metric {
  public static let description = describe(
    "matthews_corrcoef", "Correlation of answer and truth, fair to rare classes",
    otherNames: ["mcc", "phi"], reference: "scikit-learn matthews_corrcoef; Gorodkin 2004")
  public static let direction = MetricDirection.higher
  public static let tasks: Set<LearningTask> = .classification

  public static func value(_ predictions: Predictions) -> Double? {
    defined(predictions) { answers in
      let matrix = ConfusionMatrix(answers)
      let total = Double(matrix.total)
      let truths = (0..<matrix.classCount).map { Double(matrix.support($0)) }
      let given = (0..<matrix.classCount).map { Double(matrix.predicted($0)) }
      let shared = Double(matrix.correct) * total - zip(truths, given).reduce(0) { $0 + $1.0 * $1.1 }
      let truthSpread = total * total - truths.reduce(0) { $0 + $1 * $1 }
      let givenSpread = total * total - given.reduce(0) { $0 + $1 * $1 }
      return truthSpread == 0 || givenSpread == 0 ? 0 : shared / (truthSpread.squareRoot() * givenSpread.squareRoot())
    }
  }
}
