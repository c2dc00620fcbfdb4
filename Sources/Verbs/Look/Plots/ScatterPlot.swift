import Display
import Interpreter
import Kernels
import Plan
import Tables

/// `plot scatter, age, fare`: of many rows some, drawn evenly.
struct ScatterPlot {
  /// More points say nothing more on a screen.
  static let most = 5_000

  private struct Point {
    let x: Cell
    let y: Double
    let by: Int
    let facet: Int
  }

  private let plot: TablePlot

  init(_ plot: TablePlot) { self.plot = plot }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    var points = ThinnedRows<Point>(most: Self.most)
    var (by, facet) = (ValuePlaces(most: ValuePlaces.mostGroups), ValuePlaces(most: ValuePlaces.mostGroups))
    var (row, drawable) = (0, 0)
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      let byPlaces = plot.by.flatMap { chunk[$0] }.map { by.places(of: $0) }
      let facetPlaces = plot.facet.flatMap { chunk[$0] }.map { facet.places(of: $0) }
      guard let x = chunk[plot.columns[0]], let y = chunk[plot.columns[1]] else { return true }
      for place in 0..<chunk.rowCount {
        defer { row += 1 }
        let cell = x[place]
        guard cell.place != nil, let height = y[place].place else { continue }
        drawable += 1
        points.add(
          Point(x: cell, y: height, by: byPlaces?[place] ?? 0, facet: facetPlaces?[place] ?? 0), row: row)
      }
      return true
    }
    if drawable == 0 { return [plot.nothing(looked)] }
    var data = PlotData(plot, x: plot.columns[0], y: plot.columns[1])
    data.xType = points.values.lazy.compactMap(\.x.type).first ?? .float
    let panels = Dictionary(
      data.kept(facet, plot.facet, most: Plot.mostPanels).map { ($0.place, $0.cell) }, uniquingKeysWith: { a, _ in a })
    let series = Dictionary(
      data.kept(by, plot.by, most: Plot.mostSeries).map { ($0.place, $0.cell) }, uniquingKeysWith: { a, _ in a })
    for point in points.values {
      guard let panel = panels[point.facet], let one = series[point.by] else { continue }
      data.add(x: point.x, y: point.y, by: one, facet: panel)
    }
    let thinned =
      points.isThinned ? ["\(points.values.count) of \(counted(drawable, "row")) are drawn, chosen evenly"] : []
    let missing = TablePlot.missing(looked.rows.rowCount - drawable, plot.columns)
    let title = plot.title("\(plot.columns[1]) over \(plot.columns[0])", looked)
    return [.plot(data.plot(.point, title: title, plot.scale))] + TablePlot.notes(thinned + missing + data.notes)
  }
}
