import Expressions
import Kernels
import Tables

/// All numbers of a column by their groups, for quantiles.
final class NumberGathering: GroupState, @unchecked Sendable {
  private let place: Int
  private var groupCount = 0
  private var numbers: [Double] = []
  private var groups: [Int32] = []
  /// Where the numbers of each group begin once they are together.
  private var starts: [Int] = []

  init(_ place: Int) { self.place = place }

  var byteCount: Int { numbers.count * 12 + starts.count * 8 }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { groupCount = max(groupCount, groups) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    try progress.require(groups.count * 12)
    switch columns[place] {
    case .float(let cells): add(cells, groups, progress) { $0 }
    case .int(let cells): add(cells, groups, progress) { Double($0) }
    case .bool(let cells): add(cells, groups, progress) { $0 ? 1 : 0 }
    case .text, .date, .datetime, .vector: break
    }
  }

  @inline(__always)
  private func add<Value>(
    _ cells: Cells<Value>, _ added: [Int32], _ progress: Progress, _ number: (Value) -> Double
  ) {
    if numbers.isEmpty {
      numbers.reserveCapacity(added.count)
      groups.reserveCapacity(added.count)
    }
    GroupLoop.each(cells, added, progress) { group, value, isThere in
      guard isThere == 1 else { return }
      numbers.append(number(value))
      groups.append(Int32(truncatingIfNeeded: group))
    }
  }

  /// The quantile of each group at `part`; nil for one without a number or where it is no finite number. O(numbers), groups in
  /// parallel.
  func quantiles(_ part: Double, _ progress: Progress) throws(Cancelled) -> [Double?] {
    if starts.isEmpty { try bringTogether(progress) }
    let starts = starts
    let batch = 256
    let batches = (groupCount + batch - 1) / batch
    let count = groupCount
    // Groups share no number: each may put its own in another order.
    let found = numbers.withUnsafeMutableBufferPointer { numbers -> [[Double?]] in
      nonisolated(unsafe) let numbers = numbers
      return parallelMap(batches) { place in
        (place * batch..<min(count, (place + 1) * batch)).map { group -> Double? in
          if progress.isCancelled { return nil }
          let own = UnsafeMutableBufferPointer(rebasing: numbers[starts[group]..<starts[group + 1]])
          return Statistics.quantile(of: own, part).flatMap { $0.isFinite ? $0 : nil }
        }
      }
    }
    try progress.checkpoint()
    return found.flatMap { $0 }
  }

  /// Puts the numbers of each group side by side, in the order of their rows.
  private func bringTogether(_ progress: Progress) throws(Cancelled) {
    try progress.require(numbers.count * 8 + groupCount * 16)
    var next = [Int](repeating: 0, count: groupCount + 1)
    for group in groups { next[Int(group) + 1] += 1 }
    for group in 0..<groupCount { next[group + 1] += next[group] }
    starts = next
    numbers = [Double](unsafeUninitializedCapacity: numbers.count) { buffer, count in
      for place in groups.indices {
        let group = Int(groups[place])
        buffer.initializeElement(at: next[group], to: numbers[place])
        next[group] += 1
      }
      count = numbers.count
    }
    groups = []
    try progress.checkpoint()
  }
}

/// All pairs of numbers of two columns by their groups, for correlations.
final class PairGathering: GroupState, @unchecked Sendable {
  private let places: (Int, Int)
  private var groupCount = 0
  private var pairs: [SIMD2<Double>] = []
  private var groups: [Int32] = []

  init(_ first: Int, _ second: Int) { places = (first, second) }

  var byteCount: Int { pairs.count * 20 }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { groupCount = max(groupCount, groups) }

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    try progress.require(groups.count * 36)
    let (x, y) = (columns[places.0].doubles, columns[places.1].doubles)
    for (row, group) in groups.enumerated() where x.isValid(row) && y.isValid(row) {
      if row & 0xFFFF == 0 { try progress.checkpoint() }
      pairs.append(SIMD2(x.values[row], y.values[row]))
      self.groups.append(group)
    }
  }

  /// Pearson's r of each group; nil where it has none.
  func correlations(_ progress: Progress) throws(Cancelled) -> [Double?] {
    try progress.require(pairs.count * 16)
    var (x, y) = ([[Double]](repeating: [], count: groupCount), [[Double]](repeating: [], count: groupCount))
    for (place, group) in groups.enumerated() {
      x[Int(group)].append(pairs[place][0])
      y[Int(group)].append(pairs[place][1])
    }
    try progress.checkpoint()
    let (xs, ys) = (x, y)
    let found = parallelMap(groupCount) { group -> Double? in
      if progress.isCancelled { return nil }
      let columns = [xs[group], ys[group]].map { Column.float(Cells($0)) }
      return Aggregate.correlation.value(columns, rowCount: xs[group].count).number
    }
    try progress.checkpoint()
    return found
  }
}

extension Column {
  /// The cells as floats; nothing but missing ones where they are no numbers.
  var doubles: Cells<Double> {
    switch self {
    case .float(let cells): cells
    case .int(let cells): Cells(cells.values.map(Double.init), validity: cells.validity)
    case .bool(let cells): Cells(cells.values.map { $0 ? 1 : 0 }, validity: cells.validity)
    case .text, .date, .datetime, .vector:
      Cells([Double](repeating: 0, count: count), validity: Bitmap(repeating: false, count: count))
    }
  }
}
