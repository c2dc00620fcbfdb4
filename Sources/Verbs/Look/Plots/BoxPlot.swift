import Display
import Glibc
import Interpreter
import Kernels
import Plan
import Tables

/// `plot box, age, class`: quartiles by linear interpolation, whiskers to the furthest value within 1.5 times the box (Tukey 1977).
struct BoxPlot {
  /// Quartiles of more rows are those of a sample.
  private static let mostRows = 1 << 18
  private static let mostGroups = 40

  private let plot: TablePlot
  private let value: String
  private let group: String?

  init(_ plot: TablePlot) {
    self.plot = plot
    value = plot.columns[0]
    group = plot.columns.count > 1 ? plot.columns[1] : nil
  }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    var kept = ThinnedRows<(value: Double, group: Int)>(most: Self.mostRows)
    var groups = ValuePlaces()
    var (row, drawable) = (0, 0)
    try looked.rows.fold(plot.names, progress) { chunk throws(EngineError) in
      let places = group.flatMap { chunk[$0] }.map { groups.places(of: $0) }
      guard let values = chunk[value] else { return true }
      for place in 0..<chunk.rowCount {
        defer { row += 1 }
        guard let number = values[place].place else { continue }
        drawable += 1
        kept.add((number, places?[place] ?? 0), row: row)
      }
      return true
    }
    let missing = TablePlot.missing(looked.rows.rowCount - drawable, [value])
    guard drawable > 0 else { return [.note("plot: \(value) has no value to draw")] }
    var values: [Int: [Double]] = [:]
    for (number, group) in kept.values { values[group, default: []].append(number) }
    let drawn = drawn(groups)
    let boxes = drawn.cells.compactMap { place, name in
      values[place].map { (name: name, box: BoxFigures($0)) }
    }
    let outliers = boxes.reduce(0) { $0 + $1.box.outliers }
    var notes =
      kept.isThinned ? ["of \(counted(drawable, "row")) \(kept.values.count) were looked at, chosen evenly"] : []
    if outliers > 0 { notes.append("\(counted(outliers, "value")) beyond the whiskers not drawn") }
    let type = looked.rows.columns([value]).first?.field.type ?? .float
    return [.plot(self.plot(boxes, type, looked))] + TablePlot.notes(notes + missing + drawn.notes)
  }

  private func drawn(_ groups: ValuePlaces) -> (cells: [(place: Int, name: Cell)], notes: [String]) {
    guard let group else { return ([(0, .text("all"))], []) }
    let order = groups.order
    let frequent = Set(order.sorted { (groups.rows[$0], $1) > (groups.rows[$1], $0) }.prefix(Self.mostGroups))
    let kept = order.filter(frequent.contains)
    let rows = groups.rows.reduce(0, +) + groups.rowsBeyond - kept.reduce(0) { $0 + groups.rows[$1] }
    let notes =
      rows > 0
      ? ["the \(kept.count) most frequent values of \(group) are drawn; the others are \(counted(rows, "row"))"] : []
    return (kept.map { ($0, groups.values[$0]) }, notes)
  }

  private func plot(_ boxes: [(name: Cell, box: BoxFigures)], _ type: ColumnType, _ looked: LookedRows) -> Plot {
    var names = FreeNames(besides: Plot.boxColumns)
    let x = names.take(group ?? "rows")
    let groupType = boxes.lazy.compactMap(\.name.type).first ?? .text
    var columns = [(x, Column.from(boxes.map(\.name), type: groupType))]
    let isTime = type == .date || type == .datetime
    for (place, name) in Plot.boxColumns.enumerated() {
      let cells = boxes.map { isTime ? Cell.at($0.box.places[place].rounded(), type) : .float($0.box.places[place]) }
      columns.append((name, Column.from(cells, type: isTime ? type : .float)))
    }
    columns.append((names.take("count"), .int(Cells(boxes.map { Int64($0.box.rows) }))))
    let what = group.map { "\(value) for each \($0)" } ?? value
    return Plot(.box, x: x, y: value, title: plot.title(what, looked), data: Table(columns))
  }
}

/// What a box shows of some numbers, of which there is one at least.
struct BoxFigures: Equatable {
  /// Lower whisker, lower quartile, median, upper quartile, upper whisker.
  let places: [Double]
  let outliers: Int
  let rows: Int

  init(_ numbers: [Double]) {
    let sorted = numbers.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let low = Int(floor(place))
      let high = min(low + 1, sorted.count - 1)
      return HistogramBins.place(place - Double(low), from: sorted[low], to: sorted[high])
    }
    let (q1, q3) = (quantile(0.25), quantile(0.75))
    let reach = 1.5 * (q3 - q1)
    let inside = sorted.filter { $0 >= q1 - reach && $0 <= q3 + reach }
    // A whisker ends at the box where no value lies beyond it.
    let low = min(inside.first ?? q1, q1)
    let high = max(inside.last ?? q3, q3)
    places = [low, q1, quantile(0.5), q3, high]
    outliers = sorted.count - inside.count
    rows = sorted.count
  }
}
