import Display
import Interpreter
import Kernels
import Plan
import Tables

/// `plot bar, class` and `plot line, day, price`: rows, or the mean of a second column, for each value of a first.
struct SumPlot {
  /// Of so many values a bar is drawn.
  private static let mostBars = 40
  /// Of a line with more different x than this the means are over so many ranges.
  private static let mostPoints = 500
  private static let ranges = 200

  private let plot: TablePlot
  private let x: String
  private let y: String?

  init(_ plot: TablePlot) {
    self.plot = plot
    x = plot.columns[0]
    y = plot.columns.count > 1 ? plot.columns[1] : nil
  }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    var values = ValuePlaces(most: plot.mark == .line ? Self.mostPoints : 10_000)
    var sums = PlotSums(plot)
    var added = 0
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      guard let cells = chunk[x] else { return true }
      added += sums.add(chunk, at: values.places(of: cells), y.flatMap { chunk[$0] })
      return true
    }
    if added == 0 || values.values.allSatisfy({ $0 == .missing }) { return [plot.nothing(looked)] }
    if plot.mark == .line, values.rowsBeyond > 0 { return try lineOfRanges(looked, progress) }
    let shown = shown(values)
    let type = values.values.lazy.compactMap(\.type).first ?? .text
    let data = sums.data(x: (x, type, shown.cells), y: yTitle, height: height)
    if data.rowCount == 0 { return [plot.nothing(looked)] }
    // A value too many has a place nowhere, and is counted as such.
    let without = y.map { _ in looked.rows.rowCount - added - values.rowsBeyond } ?? 0
    let missing = y.map { TablePlot.missing(max(0, without), [$0]) } ?? []
    let drawn = data.plot(plot.mark == .line ? .line : .bar, title: plot.title(what, looked), plot.scale)
    return [.plot(drawn)] + TablePlot.notes(shown.notes + missing + data.notes)
  }

  private var what: String { y.map { "mean of \($0) for each \(x)" } ?? x }
  private var yTitle: String { y.map { "mean of \($0)" } ?? "rows" }

  private func height(_ rows: Int, _ mean: Double) -> Double { y == nil ? Double(rows) : mean }

  /// The values that are drawn, in their order, and what is said of the others. A line has no place for a missing cell.
  private func shown(_ values: ValuePlaces) -> (cells: [(place: Int, cell: Cell)], notes: [String]) {
    let order = values.order
    if plot.mark == .line {
      let missing = order.filter { values.values[$0] == .missing }.reduce(0) { $0 + values.rows[$1] }
      let cells = order.filter { values.values[$0] != .missing }.map { ($0, values.values[$0]) }
      return (cells, TablePlot.missing(missing, [x]))
    }
    let frequent = Set(order.sorted { (values.rows[$0], $1) > (values.rows[$1], $0) }.prefix(Self.mostBars))
    let kept = order.filter(frequent.contains)
    let rows = values.rows.reduce(0, +) + values.rowsBeyond - kept.reduce(0) { $0 + values.rows[$1] }
    let notes =
      rows > 0
      ? ["the \(kept.count) most frequent values of \(x) are drawn; the others are \(counted(rows, "row"))"] : []
    return (kept.map { ($0, values.values[$0]) }, notes)
  }

  private func lineOfRanges(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let range = try NumberRange(of: x, in: looked.rows, progress)
    guard let low = range.low, let high = range.high, let type = range.type else {
      return [plot.nothing(looked)]
    }
    let bins = HistogramBins(from: low, to: high, rows: range.rows, bins: Self.ranges, type: type)
    var sums = PlotSums(plot)
    var added = 0
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      guard let cells = chunk[x] else { return true }
      let places = (0..<cells.count).map { cells[$0].place.map(bins.place) ?? -1 }
      added += sums.add(chunk, at: places, y.flatMap { chunk[$0] })
      return true
    }
    let middles = (0..<bins.count).map { place in
      (place: place, cell: Cell.at(HistogramBins.place(0.5, from: bins.edges[place], to: bins.edges[place + 1]), type))
    }
    let kind: ColumnType = type == .date || type == .datetime ? type : .float
    let data = sums.data(x: (x, kind, middles), y: yTitle, height: height)
    let notes =
      ["more than \(Self.mostPoints) different \(x): drawn over \(bins.count) ranges of equal width"]
      + TablePlot.missing(looked.rows.rowCount - added, plot.columns) + data.notes
    return [.plot(data.plot(.line, title: plot.title(what, looked), plot.scale))] + TablePlot.notes(notes)
  }
}
