import Display
import Metrics
import Plan
import Tables

/// Precision, recall and f1 of each of more than two classes.
enum ClassTable {
  /// nil for two classes and for numbers. Of many classes, those of the confusion matrix.
  static func display(_ figures: JudgedFigures) -> Display? {
    guard figures.label.task == .multiclass else { return nil }
    let counts = figures.judgement.counts
    let codes = ConfusionMatrix.codes(counts, limit: EvaluationDisplay.matrixLimit)
    let rows: [[Cell]] = codes.map { code in
      [
        figures.label.classes[code], .int(Int64(counts.support[code])), .figure(counts.precision(code)),
        .figure(counts.recall(code)), .figure(counts.f1(code)),
      ]
    }
    return .table(
      DisplayTable(
        ["class", "rows", "precision", "recall", "f1"],
        types: [figures.label.classes.first?.type ?? .text, .int, .float, .float, .float], rows: rows,
        title: codes.count < counts.classCount
          ? "by class: the \(codes.count) of \(counts.classCount) classes with the most wrong answers" : "by class"))
  }
}
