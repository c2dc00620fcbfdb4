import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// Figures of merit as they are shown.
enum EvaluationDisplay {
  static func metrics(_ columns: [(name: String, predictions: Predictions)], title: String) -> Display {
    let shown = MetricCatalog.all.filter { metric in columns.contains { metric.value($0.predictions) != nil } }
    let rows = shown.map { metric in
      MetricsDisplay.Row(
        metric.description.name,
        columns.map { metric.value($0.predictions).map { MetricsDisplay.Figure($0) } },
        better: metric.direction == .higher ? .higher : .lower)
    }
    return .metrics(MetricsDisplay(title: title, columns: columns.map(\.name), rows: rows))
  }

  static func confusion(_ predictions: Predictions, _ label: ModelLabel) -> Display? {
    guard label.task != .regression else { return nil }
    let matrix = ConfusionMatrix(predictions)
    let counts = (0..<matrix.classCount).map { truth in (0..<matrix.classCount).map { matrix[truth, $0] } }
    return .confusion(
      ConfusionMatrixDisplay(title: "confusion matrix", classes: label.classes.map(\.description), counts: counts))
  }

  static func figures(_ predictions: Predictions) -> [Look.Figure] {
    predictions.figures.map { Look.Figure($0.metric, .cell(.float($0.value))) }
      + [Look.Figure("rows", .cell(.int(Int64(predictions.rowCount))))]
  }

  /// Requirements beside what was reached.
  static func requirements(_ required: [Requirement], _ predictions: Predictions) -> Display {
    let values = Dictionary(predictions.figures.map { ($0.metric, $0.value) }, uniquingKeysWith: { first, _ in first })
    let rows: [[Cell]] = required.map { requirement in
      let value = values[requirement.metric]
      return [
        .text(requirement.words), value.map(Cell.float) ?? .missing,
        .text(requirement.holds(value) ? "met" : "not met"),
      ]
    }
    return .table(DisplayTable(["requirement", "reached", "verdict"], rows: rows))
  }

  /// Those that are not met, in words with what was reached.
  static func unmet(_ required: [Requirement], _ predictions: Predictions) -> [String] {
    let values = Dictionary(predictions.figures.map { ($0.metric, $0.value) }, uniquingKeysWith: { first, _ in first })
    return required.filter { !$0.holds(values[$0.metric]) }.map { requirement in
      "\(requirement.words), and it is \(values[requirement.metric].map { NumberText.figure($0) } ?? "not defined")"
    }
  }
}
