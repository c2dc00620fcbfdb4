import Glibc
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
  /// Rows without a value to draw.
  let skippedRows: Int

  init?(_ plot: Plot) {
    guard let x = plot.data[plot.x] else { return nil }
    let groups = PlotGroups(plot)
    let cells = (0..<x.count).map { x[$0] }
    let bins = plot.mark == .histogram && PlotAxis.Kind(x.type) != .category
    let binned = bins ? HistogramBins(cells.compactMap(plotNumber), count: plot.bins) : nil
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

/// Bins of equal width over the range of some values, the last one closed on both sides.
struct HistogramBins {
  let edges: [Double]

  /// `count` bins exactly, or about as many as Sturges' rule ("The Choice of a Class Interval", 1926) with round edges.
  init(_ values: [Double], count: Int?) {
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    guard high > low, (high - low).isFinite else {
      edges = [low - 0.5, low + 0.5]
      return
    }
    if let count {
      let bins = min(max(count, 1), 1000)
      edges = (0...bins).map { low + (high - low) * Double($0) / Double(bins) }
    } else {
      let sturges = Int(bounded: log2(Double(values.count)).rounded(.up)) + 1
      edges = PlotAxis.nicePlaces(low, high, wanted: min(max(sturges, 5), 30))
    }
  }

  func place(_ value: Double) -> Int {
    var low = 0
    var high = edges.count - 1
    while low + 1 < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// `20 – 30` for each bin.
  func labels(_ kind: PlotAxis.Kind) -> [String] {
    let texts: [String] =
      switch kind {
      case .date: edges.map { CivilDate(days: Int32(bounded: $0)).description }
      case .datetime: edges.map { CivilDateTime(microseconds: Int64(bounded: $0)).description }
      case .number, .category:
        edges.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
          ? edges.map { NumberText.fixed($0, 0) } : NumberText.column(edges)
      }
    return zip(texts, texts.dropFirst()).map { "\($0) – \($1)" }
  }
}
