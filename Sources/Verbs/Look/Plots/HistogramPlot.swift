import Display
import Kernels
import Plan
import Tables

/// `plot hist, age`: two passes over the rows, one for the ends of the bins.
struct HistogramPlot {
  private let plot: TablePlot
  private let column: String

  init(_ plot: TablePlot, _ column: String) {
    self.plot = plot
    self.column = column
  }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let range = try NumberRange(of: column, in: looked.rows, progress)
    let missing = TablePlot.missing(looked.rows.rowCount - range.rows, [column])
    guard let low = range.low, let high = range.high, let type = range.type else {
      return [.note("plot: \(column) has no value to draw")]
    }
    let bins = HistogramBins(from: low, to: high, rows: range.rows, bins: plot.bins, type: type)
    var sums = PlotSums(plot)
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      guard let cells = chunk[column] else { return true }
      _ = sums.add(chunk, at: (0..<cells.count).map { cells[$0].place.map(bins.place) ?? -1 })
      return true
    }
    let places = (0..<bins.count).map { (place: $0, cell: Cell.at(bins.edges[$0], type)) }
    let kind: ColumnType = type == .date || type == .datetime ? type : .float
    let data = sums.data(x: (column, kind, places), y: "rows") { rows, _ in Double(rows) }
    let drawn = data.plot(.histogram, title: plot.title(column, looked), edges: bins.edges)
    return [.plot(drawn)] + TablePlot.notes(missing + data.notes)
  }
}

/// The ends of a column's numbers, dates or moments.
struct NumberRange {
  private(set) var low: Double?
  private(set) var high: Double?
  /// Rows with a value.
  private(set) var rows = 0
  private(set) var type: ColumnType?

  init(of column: String, in all: Rows, _ progress: Progress) throws(EngineError) {
    var (low, high, rows): (Double?, Double?, Int) = (nil, nil, 0)
    var type: ColumnType?
    try all.fold([column], progress) { chunk throws(EngineError) in
      guard let cells = chunk[column] else { return true }
      type = cells.type
      for row in 0..<cells.count {
        guard let place = cells[row].place else { continue }
        rows += 1
        low = min(low ?? place, place)
        high = max(high ?? place, place)
      }
      return true
    }
    (self.low, self.high, self.rows, self.type) = (low, high, rows, type)
  }
}
