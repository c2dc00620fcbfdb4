import Notation
import Tables

/// Bars of a bar plot or a histogram: what the text and the SVG drawing share.
struct BarPlotLayout {
  let groups: PlotGroups
  /// Labels of the bars, in drawing order.
  let categories: [String]
  /// The height of each bar: `values[panel][series][category]`.
  let values: [[[Double]]]
  let xTitle: String
  let yTitle: String
  let isHistogram: Bool
  let edges: [Double]
  /// What the edges of a histogram are.
  let kind: PlotAxis.Kind
  /// Rows without a value to draw.
  let skippedRows: Int

  init?(_ plot: Plot) {
    guard let x = plot.data[plot.x] else { return nil }
    let groups = PlotGroups(plot)
    let cells = (0..<x.count).map { x[$0] }
    let binned = plot.mark == .histogram ? HistogramBins(edges: plot.edges) : nil
    if plot.mark == .histogram, binned == nil { return nil }
    let coded = binned.map { bins in cells.map { plotNumber($0).map(bins.place) } }
    let named = coded == nil ? Self.categories(cells) : nil
    categories = binned?.labels(PlotAxis.Kind(x.type)) ?? named?.names ?? []
    let codes = coded ?? named?.codes ?? []
    let y = plot.y.flatMap { plot.data[$0] }
    var values = [[[Double]]](
      repeating: [[Double]](repeating: [Double](repeating: 0, count: categories.count), count: groups.series.count),
      count: groups.panels.count)
    var skipped = 0
    for (row, place) in groups.places.enumerated() {
      guard let place else { continue }
      guard let code = codes[row], let height = y.map({ plotNumber($0[row]) }) ?? 1 else {
        skipped += 1
        continue
      }
      values[place.panel][place.series][code] += height
    }
    self.groups = groups
    self.values = values
    xTitle = SafeText.escaped(plot.x)
    yTitle = SafeText.escaped(plot.y ?? "rows")
    isHistogram = binned != nil
    edges = binned?.edges ?? []
    kind = PlotAxis.Kind(x.type)
    skippedRows = skipped
  }

  /// Text in order of first appearance, numbers and dates ascending; a missing x is a bar of its own, at the end.
  private static func categories(_ cells: [Cell]) -> (names: [String], codes: [Int?]) {
    var known: [Cell: Int] = [:]
    var distinct: [Cell] = []
    for cell in cells where known[cell] == nil {
      known[cell] = distinct.count
      distinct.append(cell)
    }
    let ordered = distinct.enumerated().sorted { left, right in
      let (a, b) = (sortKey(left.element, left.offset), sortKey(right.element, right.offset))
      return a == b ? left.offset < right.offset : a < b
    }
    let places = Dictionary(
      ordered.enumerated().map { ($0.element.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    return (ordered.map { plotLabel($0.element) }, cells.map { places[$0] })
  }

  private static func sortKey(_ cell: Cell, _ order: Int) -> Double {
    if cell == .missing { return .infinity }
    return plotNumber(cell) ?? Double(order)
  }
}
