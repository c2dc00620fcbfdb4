import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// How often what is given a probability happens: over bins of equal width, of two classes for the positive one, else for each.
struct CalibrationCurves {
  private let judged: JudgedRows
  private let bins: Int

  init(_ judged: JudgedRows, bins: Int) {
    self.judged = judged
    self.bins = bins
  }

  private struct Bin {
    var rows = 0
    var happened = 0
    var said = 0.0
  }

  func displays() throws(EngineError) -> [Display] {
    let judgement = judged.judgement
    guard judgement.hasProbabilities, judgement.rowCount > 0 else {
      let label = judged.label
      throw EngineError(
        .scoring(
          .undefined(
            UndefinedFigure(
              "calibration", judgement.rowCount == 0 ? .noRows : .noProbabilities,
              classes: label.classes.map(\.description), rows: judgement.rowCount))))
    }
    let support = judgement.counts.support
    let all = judgement.rankedCodes
    let codes = all.sorted { (support[$0], $1) > (support[$1], $0) }.prefix(Plot.mostSeries).sorted()
    var (said, happened, rows, names): ([Double], [Double], [Int64], [String]) = ([], [], [], [])
    for code in codes {
      for bin in self.bins(of: code) where bin.rows > 0 {
        said.append(bin.said / Double(bin.rows))
        happened.append(Double(bin.happened) / Double(bin.rows))
        rows.append(Int64(bin.rows))
        names.append(judged.label.classes[code].name)
      }
    }
    let y = judged.label.positive.map { "share of \($0.name)" } ?? "share of the class"
    var columns: [(String, Column)] = [
      ("mean probability", .float(Cells(said))), (y, .float(Cells(happened))), ("rows", .int(Cells(rows))),
    ]
    if codes.count > 1 { columns.append(("class", .text(TextCells(names)))) }
    let plot = Plot(
      .line, x: "mean probability", y: y, colour: codes.count > 1 ? "class" : nil,
      title: judged.title("calibration in \(counted(bins, "bin"))"), reference: .diagonal, data: Table(columns))
    let cut = all.count > codes.count ? ["\(codes.count) of \(all.count) classes are drawn, those with most rows"] : []
    return [.plot(plot)] + TablePlot.notes(cut + judged.unansweredNotes)
  }

  private func bins(of code: Int) -> [Bin] {
    let judgement = judged.judgement
    let width = judgement.classCount
    var found = [Bin](repeating: Bin(), count: bins)
    for (row, truth) in judgement.trueCodes.enumerated() {
      let probability = judgement.probabilities[row * width + code]
      guard probability >= 0, probability <= 1 else { continue }
      let place = min(bins - 1, Int(probability * Double(bins)))
      found[place].rows += 1
      found[place].said += probability
      if Int(truth) == code { found[place].happened += 1 }
    }
    return found
  }
}
