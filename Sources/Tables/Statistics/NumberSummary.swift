/// Median, mean and standard deviation of numbers, from two selections and one pass.
public struct NumberSummary: Sendable, Hashable {
  /// How many numbers there were; not-a-number is none.
  public let count: Int
  /// The middle number, or half the sum of the two in the middle; nil without a number.
  public let median: Double?
  /// Of the numbers, those that are missing counted as the median.
  public let mean: Double
  /// Of the whole (n, not n − 1), likewise; 0 where all are the same.
  public let deviation: Double

  /// O(values).
  public init(_ values: [Double]) {
    let count = MiddleSelection.numbers(values)
    let median = OrderStatistics.median(of: values, numbers: count)
    self.init(
      count, median,
      MomentsAround.figures(median, rows: values.count) { moments in
        values.withUnsafeBufferPointer { moments.add($0) }
      })
  }

  /// The same of numbers that `read` writes, those at some places at a time, and that it may be asked for several times: of many rows only those
  /// near the middle are in memory. O(rows).
  public init(rows: Int, read: NumberReading) {
    guard rows > MiddleSelection.most, let middle = MiddleOfMany(rows, read) else {
      self.init(
        [Double](unsafeUninitializedCapacity: rows) { buffer, initialized in
          if let base = buffer.baseAddress { read(0..<rows, base) }
          initialized = rows
        })
      return
    }
    self.init(
      middle.numbers, middle.median,
      MomentsAround.figures(middle.median, rows: rows) { moments in
        MiddleOfMany.eachBlock(rows, read) { moments.add($0) }
      })
  }

  private init(_ count: Int, _ median: Double?, _ moments: (mean: Double, deviation: Double)) {
    (self.count, self.median) = (count, median)
    (mean, deviation) = moments
  }
}

/// Writes the numbers at some places, not-a-number where there is none.
public typealias NumberReading = (_ places: Range<Int>, _ target: UnsafeMutablePointer<Double>) -> Void

/// Sums of distances from the median, which is within a deviation of the mean: squares do not cancel, and equal values leave nothing.
private struct MomentsAround {
  private let median: Double?
  /// What distances are multiplied by, so that their squares are in the range of numbers.
  private let factor: Double
  private var (sums, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)

  init(_ median: Double?, factor: Double = 1) {
    self.median = median
    self.factor = factor
  }

  /// Takes up values behind those before; only the last ones may be no whole eights.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    guard let median else { return }
    let whole = values.count & ~7
    let raw = UnsafeRawBufferPointer(values)
    let shift = SIMD8<Double>(repeating: median)
    for place in stride(from: 0, to: whole, by: 8) {
      var distance = (raw.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self) - shift) * factor
      distance.replace(with: SIMD8<Double>(repeating: 0), where: distance .!= distance)
      sums += distance
      squares += distance * distance
    }
    for place in whole..<values.count where !values[place].isNaN {
      let distance = (values[place] - median) * factor
      sums[0] += distance
      squares[0] += distance * distance
    }
  }

  /// What `addAll` adds comes to; it is asked again where squares are past the range of numbers.
  static func figures(
    _ median: Double?, rows: Int, _ addAll: (inout MomentsAround) -> Void
  ) -> (mean: Double, deviation: Double) {
    var plain = MomentsAround(median)
    addAll(&plain)
    guard let factor = plain.betterFactor else { return plain.figures(rows: rows) }
    var scaled = MomentsAround(median, factor: factor)
    addAll(&scaled)
    return scaled.figures(rows: rows)
  }

  /// nil where the sum of squares is a normal number, or is nothing because all numbers are one.
  private var betterFactor: Double? {
    let total = squares.sum()
    guard let median, !total.isNormal else { return nil }
    if !total.isFinite { return 0x1p-1000 }
    // Distances from a greater number are not that small.
    return abs(median) < 0x1p-400 ? 0x1p1000 : nil
  }

  private func figures(rows: Int) -> (mean: Double, deviation: Double) {
    guard let median else { return (0, 0) }
    let offset = sums.sum() / Double(rows)
    let deviation = max(0, squares.sum() / Double(rows) - offset * offset).squareRoot()
    return (median + offset / factor, deviation / factor)
  }
}

extension OrderStatistics {
  /// The keys of the values that are numbers.
  static func keys(_ values: [Double]) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: values.count) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      var kept = 0
      for value in values {
        base[kept] = OrderedKey.of(value)
        kept &+= value.isNaN ? 0 : 1
      }
      count = kept
    }
  }

  /// The middle of `numbers` numbers, or half the sum of the two in the middle, not-a-number left out; nil without a number.
  /// O(values).
  static func median(of values: [Double], numbers: Int) -> Double? {
    guard numbers > 0 else { return nil }
    let ranks = (numbers - 1) / 2...numbers / 2
    let (low, high) = values.withUnsafeBufferPointer { MiddleSelection.pair($0, ranks) } ?? pair(keys(values), ranks)
    return low == high ? low : low / 2 + high / 2
  }

  private static func pair(_ keys: [UInt64], _ ranks: ClosedRange<Int>) -> (Double, Double) {
    let found = select(keys, ranks: [ranks.lowerBound, ranks.upperBound])
    return (OrderedKey.float(found[0]), OrderedKey.float(found[1]))
  }
}
