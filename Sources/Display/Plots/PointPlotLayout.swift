import Glibc
import Tables

/// Points of a line or point plot on its axes: what the text and the SVG drawing share.
struct PointPlotLayout {
  struct Point: Equatable {
    var x: Double
    var y: Double
  }

  let groups: PlotGroups
  /// `points[panel][series]`, lines ascending in x.
  let points: [[[Point]]]
  let x: PlotAxis
  let y: PlotAxis
  /// Rows without an x or y to draw.
  let skippedRows: Int
  let reference: Plot.Reference?

  init?(_ plot: Plot) {
    guard let xColumn = plot.data[plot.x], let yName = plot.y, let yColumn = plot.data[yName] else { return nil }
    let groups = PlotGroups(plot)
    let kind = PlotAxis.Kind(xColumn.type)
    var categories: [String] = []
    var codes: [String: Int] = [:]
    var points = [[[Point]]](
      repeating: [[Point]](repeating: [], count: groups.series.count), count: groups.panels.count)
    var skipped = 0
    for (row, place) in groups.places.enumerated() {
      guard let place else { continue }
      let xCell = xColumn[row]
      if kind == .category, codes[plotLabel(xCell)] == nil {
        codes[plotLabel(xCell)] = categories.count
        categories.append(plotLabel(xCell))
      }
      let xPlace = kind == .category ? codes[plotLabel(xCell)].map(Double.init) : plotNumber(xCell)
      guard let xPlace, let yPlace = Self.transformed(plotNumber(yColumn[row]), plot.yScale) else {
        skipped += 1
        continue
      }
      points[place.panel][place.series].append(Point(x: xPlace, y: yPlace))
    }
    if plot.mark == .line {
      points = points.map { panel in panel.map { sortedByX($0) } }
    }
    let all = points.joined().joined()
    self.groups = groups
    self.points = points
    x =
      kind == .category
      ? PlotAxis(title: plot.x, categories: categories) : PlotAxis(title: plot.x, kind: kind, values: all.map(\.x))
    y = PlotAxis(title: yName, values: all.map(\.y), isLog: plot.yScale == .log)
    skippedRows = skipped
    reference = plot.reference
  }

  /// The ends of the reference line within the axes; nil where none of it is.
  var referenceEnds: (from: Point, to: Point)? {
    switch reference {
    case nil: return nil
    case .level(let level):
      guard level >= y.low, level <= y.high else { return nil }
      return (Point(x: x.low, y: level), Point(x: x.high, y: level))
    case .diagonal:
      let (low, high) = (max(x.low, y.low), min(x.high, y.high))
      guard low < high else { return nil }
      return (Point(x: low, y: low), Point(x: high, y: high))
    }
  }

  private static func transformed(_ value: Double?, _ scale: Plot.Scale) -> Double? {
    guard let value, scale == .log else { return value }
    return value > 0 ? log10(value) : nil
  }
}

/// Points at the same x keep their order, so that the drawing never depends on the sort.
private func sortedByX(_ points: [PointPlotLayout.Point]) -> [PointPlotLayout.Point] {
  points.enumerated().sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
}
