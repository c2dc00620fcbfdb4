import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// `plot heatmap, plan, country`: how many rows have each two values, or the mean of a third column.
struct HeatmapPlot {
  /// So many values of a column are told apart; numbers and dates of more fall into bins.
  private static let mostValues = 30

  private let plot: TablePlot

  init(_ plot: TablePlot) { self.plot = plot }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    var x = try Axis(plot.columns[0], looked.rows, plot.bins, progress)
    var y = try Axis(plot.columns[1], looked.rows, plot.bins, progress)
    let third = plot.columns.count > 2 ? plot.columns[2] : nil
    var sums: [Field: (rows: Int, sum: Double)] = [:]
    var left = 0
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      guard let across = chunk[plot.columns[0]], let down = chunk[plot.columns[1]] else { return true }
      let (columns, rows) = (x.places(across), y.places(down))
      let numbers = third.flatMap { chunk[$0] }
      for row in 0..<chunk.rowCount {
        let number = numbers.map { $0[row].place } ?? 0
        guard columns[row] >= 0, rows[row] >= 0, let number else {
          left += 1
          continue
        }
        let before = sums[Field(x: columns[row], y: rows[row])] ?? (0, 0)
        sums[Field(x: columns[row], y: rows[row])] = (before.rows + 1, before.sum + number)
      }
      return true
    }
    if sums.isEmpty { return [plot.nothing(looked)] }
    var cells = HeatmapCells(x: plot.columns[0], y: plot.columns[1], value: third.map { "mean \($0)" } ?? "rows")
    for (row, down) in y.labels {
      for (column, across) in x.labels {
        let found = sums[Field(x: column, y: row)]
        let value = third == nil ? Double(found?.rows ?? 0) : found.map { $0.sum / Double($0.rows) }
        cells.add(.text(across), .text(down), value)
      }
    }
    let what = (third.map { "mean \($0)" } ?? "rows") + " by \(plot.columns[0]) and \(plot.columns[1])"
    let notes =
      left > 0 ? ["\(counted(left, "row")) without a value, or with one too seldom to be drawn, left out"] : []
    return [.plot(cells.plot(title: plot.title(what, looked)))] + TablePlot.notes(notes)
  }

  private struct Field: Hashable {
    let x: Int
    let y: Int
  }

  /// The values of a column, or the bins that they fall into.
  private struct Axis {
    private let bins: HistogramBins?
    private let type: ColumnType
    private var values = ValuePlaces(most: HeatmapPlot.mostValues)

    init(_ name: String, _ rows: Rows, _ wanted: Int?, _ progress: Progress) throws(EngineError) {
      type = rows.columns([name]).first?.field.type ?? .text
      guard type != .text, type != .bool else {
        bins = nil
        return
      }
      let distinct = try rows.profile(of: [name], top: 1, progress).first?.distinct?.count ?? 0
      let range = try NumberRange(of: name, in: rows, progress)
      guard distinct > HeatmapPlot.mostValues || wanted != nil && distinct > (wanted ?? 0), let low = range.low,
        let high = range.high
      else {
        bins = nil
        return
      }
      bins = HistogramBins(from: low, to: high, rows: min(range.rows, 1 << 9), bins: wanted, type: type)
    }

    mutating func places(_ column: Column) -> [Int] {
      guard let bins else {
        let found = values.places(of: column)
        return (0..<column.count).map { column.isValid($0) ? found[$0] : -1 }
      }
      return (0..<column.count).map { column[$0].place.map(bins.place) ?? -1 }
    }

    /// In drawing order.
    var labels: [(place: Int, name: String)] {
      guard let bins else {
        return values.order.filter { values.values[$0] != .missing }.map { ($0, values.values[$0].name) }
      }
      return (0..<bins.count).map { place in
        let (low, high) = (Cell.at(bins.edges[place], type), Cell.at(bins.edges[place + 1], type))
        return (place, "\(Self.word(low)) – \(Self.word(high))")
      }
    }

    private static func word(_ cell: Cell) -> String {
      if case .float(let value) = cell { return NumberText.figure(value) }
      return cell.name
    }
  }
}
