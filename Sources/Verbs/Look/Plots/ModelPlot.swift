import Display
import Explanation
import Interpreter
import Kernels
import Learners
import Metrics
import Plan
import Tables
import Training

/// A plot of a model that was asked for.
struct ModelPlot: Sendable {
  enum Mark: Sendable {
    case named(PlotMark)
    /// What suits the label.
    case standard
  }

  let mark: Mark
  let bins: Int?
  let levels: Int

  /// Throws where the model has not what the mark shows, and what scoring throws.
  func displays(_ model: Model, _ context: RunContext) throws(EngineError) -> [Display] {
    switch try mark(of: model) {
    case .importance: return try Importances(model, context).plot
    case .coefficients: return try CoefficientsDisplay(model).plot
    case .tree:
      return [.tree(try TreeReading(model, context.progress).display(levels: levels))]
    case .roc: return try RankingCurves(JudgedRows(model, context.progress)).receiver()
    case .pr: return try RankingCurves(JudgedRows(model, context.progress)).precision()
    case .calibration: return try CalibrationCurves(JudgedRows(model, context.progress), bins: bins ?? 10).displays()
    case .confusion:
      let judged = try JudgedRows(model, context.progress)
      let figures = JudgedFigures(judged.words, judged.judgement, judged.label, [])
      return EvaluationDisplay.confusion(figures, title: judged.title).map { [$0] } ?? []
    case .residuals: return try ResidualPlot(JudgedRows(model, context.progress)).displays()
    case .hist, .bar, .box, .scatter, .line, .heatmap, .correlation, .pairs, .missing:
      throw EngineError(.subject(.wrong(.table)))
    }
  }

  private func mark(of model: Model) throws(EngineError) -> PlotMark {
    switch mark {
    case .standard:
      switch try model.requiredLabel().task {
      case .binary: return .roc
      case .multiclass: return .confusion
      case .regression: return .residuals
      }
    case .named(let mark):
      if let label = model.label, !mark.fits(label.task) {
        let instead = PlotMark.fitting(label.task) { LearnerCatalog.named(model.algorithm)?.readable == $0 }
        throw EngineError(.subject(.lookOfOtherTask(mark, label.name, label.task, instead: instead)))
      }
      return mark
    }
  }
}

extension JudgedRows {
  /// `what, logistic on 393 rows, valid`
  func title(_ what: String) -> String {
    "\(what), \(model.algorithm) on \(counted(judgement.rowCount, "row")), \(words)"
  }

  /// What is said of rows that have no answer to draw.
  var unansweredNotes: [String] {
    let count = judgement.unansweredCount
    return count > 0 ? ["\(counted(count, "row")) without an answer left out"] : []
  }
}

extension PlotMark {
  /// More points of a curve say nothing more on a screen.
  static let mostCurvePoints = 400
}

/// Places of `count` of which at most `most` are kept, evenly, both ends among them.
func evenly(_ count: Int, most: Int) -> [Int] {
  guard count > most, most > 1 else { return Array(0..<count) }
  return (0..<most).map { $0 * (count - 1) / (most - 1) }
}
