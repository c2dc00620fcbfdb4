import Expressions
import Kernels
import Synchronization
import Tables

/// What functions of the rows around give, in a frame.
struct WindowRun: Sendable {
  let frame: WindowFrame
  let progress: Progress

  /// The function's column and how many of its cells have no value: what they would hold is past their type. `value` is its first
  /// argument where that is a column, `counts` are its numbers of rows.
  func column(
    _ function: WindowFunction, _ value: Column?, _ counts: [Int]
  ) throws(Cancelled) -> (column: Column, overflows: Int) {
    switch function {
    case .rowNumber: return (.int(try numbers { $0 - $1.lowerBound + 1 }), 0)
    case .rank: return (.int(try ranks(isDense: false)), 0)
    case .denseRank: return (.int(try ranks(isDense: true)), 0)
    case .ntile:
      let parts = counts.first ?? 1
      return (.int(try numbers { Self.tile($0 - $1.lowerBound, of: $1.count, parts) }), 0)
    case .lag, .lead, .diff:
      // A difference is a cell less the one before it: of it this is what is taken off.
      let step = counts.first ?? 1
      let column = value ?? .missing(.float, count: frame.order.count)
      return (try shifted(column, by: function == .lead ? step : -step), 0)
    case .rollingMean, .rollingSum, .rollingMin, .rollingMax, .rollingSd:
      let rows = counts.first ?? 1
      return try gathered(function, value, Reach(rows: rows, least: counts.count > 1 ? counts[1] : rows))
    case .cumSum, .cumMean, .cumMin, .cumMax, .cumCount:
      return try gathered(function, value, Reach(rows: nil, least: function == .cumCount ? 0 : 1))
    }
  }

  // MARK: Places

  /// A number for each place, of the place and the part that it is in.
  private func numbers(
    _ number: @escaping @Sendable (_ place: Int, _ part: Range<Int>) -> Int
  ) throws(Cancelled) -> Cells<Int64> {
    let cells = try WindowCells<Int64>(frame.order.count, filler: 0, progress)
    frame.eachPart(progress) { part in
      for place in part { cells.set(frame.order[place], Int64(number(place, part))) }
    }
    try progress.checkpoint()
    return cells.cells
  }

  private func ranks(isDense: Bool) throws(Cancelled) -> Cells<Int64> {
    let cells = try WindowCells<Int64>(frame.order.count, filler: 0, progress)
    frame.eachPart(progress) { part in
      var rank: Int64 = 0
      for place in part {
        if place == part.lowerBound || frame.isDifferent?[place] ?? true {
          rank = isDense ? rank + 1 : Int64(place - part.lowerBound + 1)
        }
        cells.set(frame.order[place], rank)
      }
    }
    try progress.checkpoint()
    return cells.cells
  }

  /// The part of `parts` that a place of so many is in: the first ones have one more where it does not come out even.
  private static func tile(_ place: Int, of count: Int, _ parts: Int) -> Int {
    let (size, larger) = (count / parts, count % parts)
    let inLarger = larger * (size + 1)
    return place < inLarger ? place / (size + 1) + 1 : larger + (place - inLarger) / max(1, size) + 1
  }

  private func shifted(_ column: Column, by step: Int) throws(Cancelled) -> Column {
    let rows = frame.order.count
    let sources = try WindowCells<Int32>(rows, filler: -1, progress)
    frame.eachPart(progress) { part in
      for place in part {
        let (other, overflow) = place.addingReportingOverflow(step)
        if !overflow, part.contains(other) { sources.set(frame.order[place], frame.order[other]) }
      }
    }
    try progress.checkpoint()
    return column.spread(sources.cells.values)
  }

  // MARK: Rows that are gathered

  /// The last rows that are looked at, all up to this one where there is no number; and how many of them are to hold a value.
  private struct Reach: Sendable {
    let rows: Int?
    let least: Int
  }

  private func gathered(
    _ function: WindowFunction, _ value: Column?, _ reach: Reach
  ) throws(Cancelled) -> (column: Column, overflows: Int) {
    guard let value else { return (.missing(.float, count: frame.order.count), 0) }
    let column = value.take(RowList(ids: frame.order))
    switch function {
    case .rollingSum, .cumSum:
      if case .float(let cells) = column {
        let (made, overflows) = try run(cells, GatheredSum.self, 0, reach) { $0.total.isFinite ? $0.total : nil }
        return (.float(made), overflows)
      }
      let (made, overflows) = try run(column.wholes, GatheredWhole.self, 0, reach) { Int64(exactly: $0.sum) }
      return (.int(made), overflows)
    case .rollingMean, .cumMean:
      if column.type != .float {
        let (made, overflows) = try run(column.wholes, GatheredWhole.self, 0, reach) { whole in
          Statistics.mean(ofTotal: whole.sum, count: whole.count)
        }
        return (.float(made), overflows)
      }
      let (made, overflows) = try run(column.doubles, GatheredSum.self, 0, reach) { sum in
        let mean = sum.total / Double(sum.count)
        return mean.isFinite ? mean : nil
      }
      return (.float(made), overflows)
    case .rollingSd:
      let reach = Reach(rows: reach.rows, least: max(2, reach.least))
      let (made, overflows) = try run(column.doubles, GatheredMoments.self, 0, reach) {
        $0.deviation.isFinite ? $0.deviation : nil
      }
      return (.float(made), overflows)
    case .cumCount:
      return (.int(try run(column.ones, GatheredWhole.self, 0, reach) { Int64($0.count) }.cells), 0)
    case .rollingMin, .cumMin: return (try extreme(column, isGreatest: false, reach), 0)
    case .rollingMax, .cumMax: return (try extreme(column, isGreatest: true, reach), 0)
    case .rowNumber, .rank, .denseRank, .ntile, .lag, .lead, .diff:
      return (.missing(.int, count: frame.order.count), 0)
    }
  }

  private func extreme(_ column: Column, isGreatest: Bool, _ reach: Reach) throws(Cancelled) -> Column {
    func made<Value: Comparable & BitwiseCopyable & Hashable & Sendable>(
      _ cells: Cells<Value>, _ filler: Value
    ) throws(Cancelled) -> Cells<Value> {
      if isGreatest { return try run(cells, GatheredGreatest<Value>.self, filler, reach) { $0.value }.cells }
      return try run(cells, GatheredLeast<Value>.self, filler, reach) { $0.value }.cells
    }
    switch column {
    case .int(let cells): return .int(try made(cells, 0))
    case .datetime(let cells): return .datetime(try made(cells, 0))
    case .date(let cells): return .date(try made(cells, 0))
    case .float(let cells): return .float(try made(cells, 0))
    case .bool, .text, .vector: return .missing(column.type, count: column.count)
    }
  }

  /// What comes of the rows that each place looks at; `cells` are in the order of the frame. nil of `result` is counted.
  ///
  /// The places of a part are cut into blocks as long as the window: a window is the end of one block, known from behind, and the
  /// beginning of the next (van Herk 1992; Gil & Werman 1993). So nothing is ever taken off a sum, which would leave its roundings.
  private func run<Part: Gathered, Result: BitwiseCopyable & Hashable & Sendable>(
    _ cells: Cells<Part.Value>, _: Part.Type, _ filler: Result, _ reach: Reach,
    _ result: @escaping @Sendable (Part) -> Result?
  ) throws(Cancelled) -> (cells: Cells<Result>, overflows: Int) {
    let made = try WindowCells<Result>(frame.order.count, filler: filler, progress)
    let overflows = Atomic<Int>(0)
    frame.eachPart(progress) { part in
      let length = min(reach.rows ?? part.count, max(1, part.count))
      var ends = [Part](repeating: Part(), count: part.count > length ? length : 0)
      var beginning = Part()
      var lost = 0
      for place in part where place & 0xFFF != 0 || !progress.isCancelled {
        let offset = (place - part.lowerBound) % length
        if offset == 0, place > part.lowerBound {
          Self.gather(cells, place - length..<place, into: &ends)
          beginning = Part()
        }
        if cells.isValid(place) { beginning.add(cells.values[place]) }
        var window = beginning
        if place - part.lowerBound >= length, offset + 1 < length {
          window = ends[offset + 1]
          window.append(beginning)
        }
        guard window.count >= reach.least else { continue }
        if let value = result(window) { made.set(frame.order[place], value) } else { lost += 1 }
      }
      overflows.add(lost, ordering: .relaxed)
    }
    try progress.checkpoint()
    return (made.cells, overflows.load(ordering: .relaxed))
  }

  /// For each place of a block what comes of the places from it to the end of the block.
  private static func gather<Part: Gathered>(
    _ cells: Cells<Part.Value>, _ block: Range<Int>, into ends: inout [Part]
  ) {
    var end = Part()
    for place in block.reversed() {
      var longer = Part()
      if cells.isValid(place) { longer.add(cells.values[place]) }
      longer.append(end)
      end = longer
      ends[place - block.lowerBound] = end
    }
  }
}

extension Column {
  /// Ints, days and moments as they are and truths as 0 and 1; nothing but missing cells for other types.
  fileprivate var wholes: Cells<Int64> {
    switch self {
    case .int(let cells), .datetime(let cells): cells
    case .date(let cells): Cells(cells.values.map(Int64.init), validity: cells.validity)
    case .bool(let cells): Cells(cells.values.map { $0 ? 1 : 0 }, validity: cells.validity)
    case .float, .text, .vector:
      Cells([Int64](repeating: 0, count: count), validity: Bitmap(repeating: false, count: count))
    }
  }

  /// A one for each cell with a value.
  fileprivate var ones: Cells<Int64> { Cells([Int64](repeating: 1, count: count), validity: validity) }
}
