import Kernels
import Plan
import Tables

/// Finds the nearest row of a table by an order, among the rows that agree in other columns.
struct NearestIndex: Sendable {
  private enum Sorted: Sendable {
    case ints(SortedRows<Int64>, within: UInt64?)
    case floats(SortedRows<Double>, within: Double?)
  }

  /// What is found by the columns that have to be equal; nil where there are none.
  private let keys: KeyIndex?
  private let sorted: Sorted
  private let direction: NearestKey.Direction

  private static let chunkSize = 1 << 14

  /// `unit` is how many of the order's smallest steps the tolerance counts in. O(rows log rows), less where they are in order already.
  init(_ order: OrderedCells, _ key: NearestKey, unit: Double, keys: KeyIndex?, _ progress: Progress)
    throws(EngineError)
  {
    let lists = keys?.lists
    self.keys = keys
    direction = key.direction
    switch order {
    case .ints(let values, let validity):
      let within = key.tolerance.map { UInt64(exactly: ($0 * unit).rounded(.down)) ?? UInt64.max }
      sorted = .ints(SortedRows(values, validity, lists, progress), within: within)
    case .floats(let values, let validity):
      sorted = .floats(SortedRows(values, validity, lists, progress), within: key.tolerance)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// For each row of an order, of the same form, and of the columns that have to be equal the row that it takes; -1 for none.
  func found(
    _ order: OrderedCells, _ others: [KeyColumn], rows count: Int, _ progress: Progress
  ) throws(EngineError) -> Room<Int32> {
    let groupOf = try keys?.found(others, rows: count, progress)
    let found = Room<Int32>(count)
    switch (order, sorted) {
    case (.ints(let values, let validity), .ints(let rows, let within)):
      fill(found, values, validity, groupOf, rows, within, progress)
    case (.floats(let values, let validity), .floats(let rows, let within)):
      fill(found, values, validity, groupOf, rows, within, progress)
    case (.ints, _), (.floats, _): found.base.update(repeating: -1, count: count)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    return found
  }

  private func fill<Value: Distant>(
    _ found: Room<Int32>, _ values: [Value], _ validity: Bitmap?, _ groupOf: Room<Int32>?, _ rows: SortedRows<Value>,
    _ within: Value.Distance?, _ progress: Progress
  ) {
    parallelChunks(of: values.count, size: Self.chunkSize) { _, stretch in
      if progress.isCancelled { return }
      var hint = 0
      for row in stretch {
        let group = groupOf.map { Int($0.base[row]) } ?? 0
        guard group >= 0, validity?[row] ?? true else {
          found.base[row] = -1
          continue
        }
        found.base[row] = rows.nearest(values[row], in: group, direction, within, &hint)
      }
    }
  }
}

/// Rows in the order of a value, group by group; of equal ones in their own order.
struct SortedRows<Value: Distant>: Sendable {
  private let values: Room<Value>
  private let rows: Room<Int32>
  private let starts: [Int]

  /// Rows without a value are left out. Without groups there is one, of all rows.
  init(_ all: [Value], _ validity: Bitmap?, _ groups: RowGroups?, _ progress: Progress) {
    let values = Room<Value>(all.count)
    let rows = Room<Int32>(all.count)
    var starts = [0]
    for group in 0..<(groups?.count ?? 1) where !progress.isCancelled {
      var own: [(value: Value, row: Int32)] = []
      func add(_ row: Int) {
        if validity?[row] ?? true { own.append((all[row], Int32(truncatingIfNeeded: row))) }
      }
      if let groups {
        for row in groups.rows(of: group) { add(Int(row)) }
      } else {
        own.reserveCapacity(all.count)
        for row in all.indices { add(row) }
      }
      let isSorted = zip(own, own.dropFirst()).allSatisfy { $0.value <= $1.value }
      if !isSorted { own.sort { $0.value == $1.value ? $0.row < $1.row : $0.value < $1.value } }
      let start = starts[group]
      for (place, one) in own.enumerated() {
        values.base[start + place] = one.value
        rows.base[start + place] = one.row
      }
      starts.append(start + own.count)
    }
    self.values = values
    self.rows = rows
    self.starts = starts
  }

  /// The row of a group that is taken for a value; -1 for none. `hint` is a place near which the last was found.
  func nearest(
    _ value: Value, in group: Int, _ direction: NearestKey.Direction, _ within: Value.Distance?, _ hint: inout Int
  ) -> Int32 {
    let range = starts[group]..<starts[group + 1]
    switch direction {
    case .backward:
      let end = bound(value, range, &hint) { $0 <= value }
      return end > range.lowerBound && isNear(value, values.base[end - 1], within) ? rows.base[end - 1] : -1
    case .forward:
      let start = bound(value, range, &hint) { $0 < value }
      return start < range.upperBound && isNear(values.base[start], value, within) ? rows.base[start] : -1
    case .nearest:
      let end = bound(value, range, &hint) { $0 <= value }
      let place = nearer(value, end, range)
      guard range.contains(place) else { return -1 }
      let other = values.base[place]
      return isNear(max(value, other), min(value, other), within) ? rows.base[place] : -1
    }
  }

  private func isNear(_ upper: Value, _ lower: Value, _ within: Value.Distance?) -> Bool {
    within.map { upper.distance(above: lower) <= $0 } ?? true
  }

  /// Of the place before `end` and that at it the one that is nearer.
  private func nearer(_ value: Value, _ end: Int, _ range: Range<Int>) -> Int {
    guard end > range.lowerBound else { return end }
    guard end < range.upperBound else { return end - 1 }
    let below = value.distance(above: values.base[end - 1])
    return values.base[end].distance(above: value) < below ? end : end - 1
  }

  /// How far `isBefore` holds from the start of a range, looked for around the hint at first: rows mostly come in order.
  @inline(__always)
  private func bound(_ value: Value, _ range: Range<Int>, _ hint: inout Int, _ isBefore: (Value) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    if hint >= low, hint <= high {
      var step = 1
      if hint < high, isBefore(values.base[hint]) {
        low = hint + 1
        while low + step < high, isBefore(values.base[low + step]) {
          low += step + 1
          step *= 2
        }
        high = min(high, low + step)
      } else {
        high = hint
        while high - step >= low, !isBefore(values.base[high - step]) {
          high -= step
          step *= 2
        }
        low = max(low, high - step)
      }
    }
    while low < high {
      let middle = (low + high) / 2
      if isBefore(values.base[middle]) { low = middle + 1 } else { high = middle }
    }
    hint = low
    return low
  }
}
