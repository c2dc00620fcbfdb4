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
    var moments = MomentsAround(median)
    values.withUnsafeBufferPointer { moments.add($0) }
    self.init(count, median, moments.figures(rows: values.count))
  }

  /// The same of numbers that `read` writes, those at some places at a time, and that it may be asked for twice: of many rows only those
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
    var moments = MomentsAround(middle.median)
    MiddleOfMany.eachBlock(rows, read) { moments.add($0) }
    self.init(middle.numbers, middle.median, moments.figures(rows: rows))
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
  private var (sums, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)

  init(_ median: Double?) { self.median = median }

  /// Takes up values behind those before; only the last ones may be no whole eights.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    guard let median else { return }
    let whole = values.count & ~7
    let raw = UnsafeRawBufferPointer(values)
    let shift = SIMD8<Double>(repeating: median)
    for place in stride(from: 0, to: whole, by: 8) {
      var distance = raw.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self) - shift
      distance.replace(with: SIMD8<Double>(repeating: 0), where: distance .!= distance)
      sums += distance
      squares += distance * distance
    }
    for place in whole..<values.count where !values[place].isNaN {
      let distance = values[place] - median
      sums[0] += distance
      squares[0] += distance * distance
    }
  }

  func figures(rows: Int) -> (mean: Double, deviation: Double) {
    guard let median else { return (0, 0) }
    let offset = sums.sum() / Double(rows)
    return (median + offset, max(0, squares.sum() / Double(rows) - offset * offset).squareRoot())
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
