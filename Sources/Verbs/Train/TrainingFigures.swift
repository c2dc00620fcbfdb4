import Display
import Interpreter
import Kernels
import Metrics
import Plan
import Tables
import Training

/// A few figures of a model beside its training: of the valid part, else of rows that it has learned from.
enum TrainingFigures {
  /// Of more rows than this, so many evenly among them are scored: the figures cost little beside the training.
  private static let most = 20_000

  /// nil for a model without a label. Throws what scoring throws.
  static func display(
    _ model: Model, by metric: (any Metric.Type)?, _ progress: Progress
  ) throws(EngineError) -> Display? {
    guard let label = model.label, let split = model.split, split.labels != nil else { return nil }
    let isValid = !split.valid.isEmpty
    let all = isValid ? split.valid : split.train
    let rows = sample(of: all)
    let scored = try Plan.ScoredRows.scoring(split, rows: rows, with: model.scorer, progress)
    let asked = metric.flatMap { $0.tasks.contains(label.task) ? $0 : nil }
    let metrics = MetricCatalog.leading(for: label.task, first: asked ?? MetricCatalog.standard(for: label.task))
    let figures = JudgedFigures("all", scored.judgement(label), label, metrics)
    let number = rows.count < all.count ? "\(rows.count) of \(counted(all.count, "row"))" : counted(all.count, "row")
    let title =
      isValid
      ? "\(model.algorithm) on the valid part, \(number)"
      : "\(model.algorithm) on the training rows, \(number), which it has learned from; `eval` judges by others"
    return EvaluationDisplay.metrics([figures], title: title, named: false)
  }

  private static func sample(of rows: RowList) -> RowList {
    guard rows.count > most else { return rows }
    return rows.at(RowList((0..<most).map { $0 * rows.count / most }))
  }
}
