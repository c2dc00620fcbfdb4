import Display
import Metrics
import Plan
import Tables
import Training

/// The curves over all thresholds: of two classes for the positive one, of more for each against the rest.
struct RankingCurves {
  private struct Curve {
    let code: Int
    let ranking: ScoreRanking
  }

  private let judged: JudgedRows
  private let curves: [Curve]
  private let notes: [String]

  /// Throws where no row is of a class, or all are of one: then there is no curve.
  init(_ judged: JudgedRows) throws(EngineError) {
    self.judged = judged
    let judgement = judged.judgement
    let ranked = zip(judgement.rankedCodes, judgement.rankings).map { Curve(code: $0, ranking: $1) }
    let there = ranked.filter { $0.ranking.positives > 0 && $0.ranking.negatives > 0 }
    guard !there.isEmpty else {
      let label = judged.label
      throw EngineError(
        .scoring(
          .undefined(
            UndefinedFigure(
              AUC.name, AUC.value(judgement).reason ?? .noRows, classes: label.classes.map(\.description),
              rows: judgement.rowCount))))
    }
    let frequent = there.sorted { ($0.ranking.positives, $1.code) > ($1.ranking.positives, $0.code) }
    curves = frequent.prefix(Plot.mostSeries).sorted { $0.code < $1.code }
    let rest = ranked.count - curves.count
    notes =
      (rest > 0 ? ["\(curves.count) of \(ranked.count) classes are drawn, those with most rows"] : [])
      + judged.unansweredNotes
  }

  /// True positives over false positives.
  func receiver() throws(EngineError) -> [Display] {
    plot(
      x: "false positive rate", y: "true positive rate", metric: AUC.self, figure: AUC.area, reference: .diagonal
    ) { ranking in
      var points = [(x: 0.0, y: 0.0)]
      var found = 0
      for group in ranking.groups {
        let negatives = Double(ranking.negatives)
        let height = Double(found) / Double(ranking.positives)
        if let last = points.last, last.x < Double(group.above) / negatives {
          points.append((Double(group.above) / negatives, height))
        }
        found += group.positives
        points.append(
          (Double(group.above + group.level) / negatives, Double(found) / Double(ranking.positives)))
      }
      return points + [(1, 1)]
    }
  }

  /// Precision over recall, beside the share of the positive rows: what guessing would reach.
  func precision() throws(EngineError) -> [Display] {
    let only = curves.count == 1 ? curves.first?.ranking : nil
    let share = only.map { Double($0.positives) / Double($0.positives + $0.negatives) }
    return plot(
      x: "recall", y: "precision", metric: AveragePrecision.self, figure: AveragePrecision.mean,
      reference: share.map(Plot.Reference.level)
    ) { ranking in
      var points: [(x: Double, y: Double)] = []
      var found = 0
      for group in ranking.groups {
        found += group.positives
        let taken = found + group.above + group.level
        points.append((Double(found) / Double(ranking.positives), Double(found) / Double(taken)))
      }
      return (points.first.map { [(0, $0.y)] } ?? []) + points
    }
  }

  private func plot(
    x: String, y: String, metric: any Metric.Type, figure: (ScoreRanking) -> Double?, reference: Plot.Reference?,
    _ points: (ScoreRanking) -> [(x: Double, y: Double)]
  ) -> [Display] {
    var (across, up, names): ([Double], [Double], [String]) = ([], [], [])
    var isThinned = false
    for curve in curves {
      let all = points(curve.ranking)
      let kept = evenly(all.count, most: PlotMark.mostCurvePoints)
      isThinned = isThinned || kept.count < all.count
      across += kept.map { all[$0].x }
      up += kept.map { all[$0].y }
      let value = figure(curve.ranking).map { " (\(NumberText.figure($0)))" } ?? ""
      names += kept.map { _ in judged.label.classes[curve.code].name + value }
    }
    var columns: [(String, Column)] = [(x, .float(Cells(across))), (y, .float(Cells(up)))]
    if curves.count > 1 { columns.append(("class", .text(TextCells(names)))) }
    let value = metric.value(judged.judgement).number.map { "\(metric.name) \(NumberText.figure($0))" } ?? metric.name
    let classes = judged.label.positive.map { "\($0.name) against the rest" } ?? "each class against the rest"
    let plot = Plot(
      .line, x: x, y: y, colour: curves.count > 1 ? "class" : nil, title: judged.title("\(value), \(classes)"),
      reference: reference, data: Table(columns))
    let thinned = isThinned ? ["\(PlotMark.mostCurvePoints) points of each curve are drawn, chosen evenly"] : []
    return [.plot(plot)] + TablePlot.notes(thinned + notes)
  }
}
