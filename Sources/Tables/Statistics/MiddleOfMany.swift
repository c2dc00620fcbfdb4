import CVector

/// The median of very many numbers, which are read in blocks and not kept: a sample says between which two numbers it lies, one pass
/// counts what is below and keeps what is between, and the rest is a selection from these few (after Floyd & Rivest 1975).
struct MiddleOfMany {
  private(set) var numbers = 0
  private(set) var median = 0.0

  private static let blockRows = 4096
  private static let sampled = 4096
  /// Ranks of the sample on each side of its middle: five standard deviations.
  private static let reach = 160

  /// nil where the sample misleads or has few numbers, or where too many lie between.
  init?(_ rows: Int, _ read: NumberReading) {
    guard let (low, middle, high) = Self.window(rows, read) else { return nil }
    var counts = mlp_around_counts()
    var (near, isCrowded) = ([Double](), false)
    near.reserveCapacity(rows / 8 + Self.blockRows)
    Self.eachBlock(rows, read) { block in
      if isCrowded || near.count > rows / 4 {
        isCrowded = true
        return
      }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: block.count + 1) { target in
        let kept = mlp_collect_around(
          block.baseAddress, block.count, low, middle, high, target.baseAddress, &counts)
        near.append(contentsOf: target[..<kept])
      }
    }
    let ranks = (counts.numbers - 1) / 2 - counts.below...counts.numbers / 2 - counts.below
    guard !isCrowded, ranks.lowerBound >= 0, ranks.upperBound < near.count + counts.equal else { return nil }
    numbers = counts.numbers
    median = Self.middle(near, middle, times: counts.equal, ranks)
  }

  /// A number below the middle of a sample, that middle, and a number above.
  private static func window(_ rows: Int, _ read: NumberReading) -> (Double, Double, Double)? {
    var sample = [Double](unsafeUninitializedCapacity: sampled) { buffer, kept in
      guard let base = buffer.baseAddress else { return }
      for place in 0..<sampled {
        let row = place * rows / sampled
        read(row..<row + 1, base + kept)
        kept += base[kept].isNaN ? 0 : 1
      }
    }
    guard sample.count > 4 * reach else { return nil }
    InterpolationSort.sort(&sample)
    let middle = sample.count / 2
    // Minus zero is zero, as it is everywhere in an order.
    return (sample[middle - reach], sample[middle] + 0, sample[middle + reach])
  }

  /// The middle of two ranks among `near` and `times` the number `middle`.
  private static func middle(_ near: [Double], _ middle: Double, times: Int, _ ranks: ClosedRange<Int>) -> Double {
    let below = near.reduce(0) { $0 + ($1 < middle ? 1 : 0) }
    let isMiddle = { (rank: Int) in rank >= below && rank < below + times }
    let places = [ranks.lowerBound, ranks.upperBound].map { $0 < below ? $0 : $0 - times }
    if isMiddle(ranks.lowerBound), isMiddle(ranks.upperBound) { return middle }
    let others = OrderStatistics.select(
      OrderStatistics.keys(near), ranks: places.map { min(max($0, 0), near.count - 1) }
    ).map(OrderedKey.float)
    let low = isMiddle(ranks.lowerBound) ? middle : others[0]
    let high = isMiddle(ranks.upperBound) ? middle : others[1]
    return low == high ? low : low / 2 + high / 2
  }

  /// Runs `body` for all numbers, a block at a time in their order; all blocks but the last are whole eights.
  static func eachBlock(_ rows: Int, _ read: NumberReading, _ body: (UnsafeBufferPointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: blockRows) { memory in
      guard let base = memory.baseAddress else { return }
      for start in stride(from: 0, to: rows, by: blockRows) {
        let count = min(blockRows, rows - start)
        read(start..<start + count, base)
        body(UnsafeBufferPointer(start: base, count: count))
      }
    }
  }
}
