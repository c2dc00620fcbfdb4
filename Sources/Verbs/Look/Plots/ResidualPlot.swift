import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// Label less prediction over the prediction, of many rows some.
struct ResidualPlot {
  private let judged: JudgedRows

  init(_ judged: JudgedRows) { self.judged = judged }

  func displays() throws(EngineError) -> [Display] {
    let judgement = judged.judgement
    var points = ThinnedRows<(prediction: Double, residual: Double)>(most: ScatterPlot.most)
    var drawable = 0
    for (row, (truth, prediction)) in zip(judgement.trueValues, judgement.predictedValues).enumerated() {
      let residual = truth - prediction
      guard residual.isFinite, prediction.isFinite else { continue }
      drawable += 1
      points.add((prediction, residual), row: row)
    }
    let y = "\(judged.label.name) less prediction"
    let data = Table([
      ("prediction", .float(Cells(points.values.map(\.prediction)))),
      (y, .float(Cells(points.values.map(\.residual)))),
    ])
    let plot = Plot(
      .point, x: "prediction", y: y, title: judged.title("residuals"), reference: .level(0), data: data)
    let missing = judgement.rowCount - drawable
    let notes =
      (points.isThinned ? ["\(points.values.count) of \(counted(drawable, "row")) are drawn, chosen evenly"] : [])
      + (missing > 0 ? ["\(counted(missing, "row")) without an answer left out"] : [])
    return [.plot(plot)] + TablePlot.notes(notes)
  }
}
