import Kernels

/// The order of a column's numbers, from which ranks among any of its rows follow.
struct RankOrder: Sendable {
  /// The rows with a number, by rising numbers.
  private let rows: [Int32]
  /// Whether the number at a place is the one before it once more.
  private let isTied: [Bool]
  private let count: Int

  /// Of an int, float, date or datetime column; nil for others. O(rows).
  init?(_ column: Column) {
    guard let kind = OrderedKey(column.type) else { return nil }
    count = column.count
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for row in 0..<count {
      if let key = kind.key(column, row) { entries.append(Entry(key: key, row: Int32(truncatingIfNeeded: row))) }
    }
    Self.sort(&entries)
    rows = entries.map(\.row)
    isTied = entries.indices.map { $0 > 0 && entries[$0].key == entries[$0 - 1].key }
  }

  private struct Entry {
    var key: UInt64
    var row: Int32
  }

  /// By a radix sort from the last digit on that the keys differ in; equal keys keep their order.
  private static func sort(_ entries: inout [Entry]) {
    var (low, high) = (UInt64.max, UInt64.min)
    for entry in entries {
      low = min(low, entry.key)
      high = max(high, entry.key)
    }
    guard low < high else { return }
    let bits = UInt64(64 - (high - low).leadingZeroBitCount)
    var other = entries
    for shift in stride(from: UInt64(0), to: bits, by: 11) {
      var places = [Int](repeating: 0, count: 1 << 11)
      for entry in entries { places[Int(truncatingIfNeeded: (entry.key &- low) &>> shift & 0x7FF)] += 1 }
      var before = 0
      for digit in places.indices { (places[digit], before) = (before, before + places[digit]) }
      entries.withUnsafeBufferPointer { entries in
        other.withUnsafeMutableBufferPointer { other in
          for entry in entries {
            let digit = Int(truncatingIfNeeded: (entry.key &- low) &>> shift & 0x7FF)
            other[places[digit]] = entry
            places[digit] += 1
          }
        }
      }
      swap(&entries, &other)
    }
  }

  /// The rank of each row among those with a number and a bit of `valid` (nil: all), around their mean: equal numbers have the mean of
  /// their ranks. Nothing for other rows. Gives how many rows have a rank. O(rows).
  func write(_ ranks: UnsafeMutableBufferPointer<Double>, valid: Bitmap?) -> Int {
    ranks.update(repeating: 0)
    var (number, start) = (0, 0)
    var run: [Int32] = []
    func end() {
      let rank = Double(start) + Double(run.count - 1) / 2
      for row in run { ranks[Int(row)] = rank }
      start += run.count
      run.removeAll(keepingCapacity: true)
    }
    var isNewRun = false
    for (place, row) in rows.enumerated() {
      if !isTied[place] { isNewRun = true }
      guard valid?[Int(row)] ?? true else { continue }
      if isNewRun, !run.isEmpty { end() }
      isNewRun = false
      run.append(row)
      number += 1
    }
    if !run.isEmpty { end() }
    let mean = Double(number - 1) / 2
    for row in rows where valid?[Int(row)] ?? true { ranks[Int(row)] -= mean }
    return number
  }
}

/// Spearman's rank correlations of every two of some columns, each over the rows that have both, among which they are ranked.
///
/// Ranks around their mean are halves of whole numbers, so that their products add up without rounding.
struct RankCorrelations: Sendable {
  private let columns: [Column]
  private let orders: [RankOrder?]

  /// O(columns × rows).
  init(_ columns: [Column]) {
    self.columns = columns
    orders = parallelMap(columns.count) { RankOrder(columns[$0]) }
  }

  /// For each column the correlations with those before it. O(columns² × rows) at most; nothing when cancelled.
  func all(_ progress: Progress) throws(OutOfMemory) -> [[Double?]] {
    let rows = columns.first?.count ?? 0
    try Memory.require(columns.count * rows * 16)
    let (orders, columns) = (orders, columns)
    let whole = parallelMap(columns.count) { place in
      guard columns[place].missingCount == 0, let order = orders[place] else { return [Double]() }
      return [Double](unsafeUninitializedCapacity: rows) { buffer, count in
        _ = order.write(UnsafeMutableBufferPointer(rebasing: buffer[0..<rows]), valid: nil)
        count = rows
      }
    }
    let products = try wholeProducts(whole, progress)
    return parallelMap(columns.count) { first in
      (0..<first).map { second in
        if progress.isCancelled { return nil }
        if !whole[first].isEmpty, !whole[second].isEmpty { return products?(first, second) }
        guard let one = orders[first], let other = orders[second] else { return nil }
        return Self.correlation(one, other, Self.both(columns[first].validity, columns[second].validity), rows)
      }
    }
  }

  /// The correlations of columns without gaps.
  private func wholeProducts(
    _ ranks: [[Double]], _ progress: Progress
  ) throws(OutOfMemory) -> (@Sendable (Int, Int) -> Double?)? {
    var places: [Int: Int] = [:]
    var scales: [CorrelationSums.Scale] = []
    var kept: [Column] = []
    for (place, ranks) in ranks.enumerated() where !ranks.isEmpty {
      let deviation = (ranks.reduce(0) { $0 + $1 * $1 } / Double(ranks.count)).squareRoot()
      guard let scale = CorrelationSums.Scale(mean: 0, deviation: deviation, hasGaps: false) else { continue }
      places[place] = scales.count
      scales.append(scale)
      kept.append(.float(Cells(ranks)))
    }
    guard scales.count > 1 else { return nil }
    var sums = try CorrelationSums(scales)
    // try? is safe: being cancelled is told by the caller's checkpoint.
    guard (try? sums.add(kept, progress)) != nil else { return nil }
    sums.finish()
    let (found, at) = (sums, places)
    return { first, second in
      guard let one = at[first], let other = at[second] else { return nil }
      return found.correlation(one, other)
    }
  }

  private static func both(_ one: Bitmap?, _ other: Bitmap?) -> Bitmap? {
    guard let one else { return other }
    guard let other else { return one }
    return Bitmap(words: zip(one.words, other.words).map { $0 & $1 }, count: one.count)
  }

  private static func correlation(_ one: RankOrder, _ other: RankOrder, _ valid: Bitmap?, _ rows: Int) -> Double? {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * rows + 1) { buffer in
      let mine = UnsafeMutableBufferPointer(rebasing: buffer[0..<rows])
      let theirs = UnsafeMutableBufferPointer(rebasing: buffer[rows..<2 * rows])
      guard one.write(mine, valid: valid) > 1, other.write(theirs, valid: valid) > 1 else { return nil }
      var (product, left, right) = (0.0, 0.0, 0.0)
      for row in 0..<rows {
        product += mine[row] * theirs[row]
        left += mine[row] * mine[row]
        right += theirs[row] * theirs[row]
      }
      guard left > 0, right > 0 else { return nil }
      return max(-1, min(1, product / (left * right).squareRoot()))
    }
  }
}
