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
    let keys = OrderStatistics.keys(values)
    count = keys.count
    median = OrderStatistics.median(of: keys)
    guard let median else {
      (mean, deviation) = (0, 0)
      return
    }
    // Shifted by the median, which is within a deviation of the mean: squares do not cancel, and equal values leave nothing.
    var (sums, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    values.withUnsafeBufferPointer { values in
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
    let rows = Double(values.count)
    let offset = sums.sum() / rows
    mean = median + offset
    deviation = max(0, squares.sum() / rows - offset * offset).squareRoot()
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

  /// nil without a key.
  static func median(of keys: [UInt64]) -> Double? {
    guard !keys.isEmpty else { return nil }
    let middle = keys.count / 2
    let found =
      keys.count <= 1 << 14
      ? middlePair(keys) : select(keys, ranks: keys.count % 2 == 1 ? [middle, middle] : [middle - 1, middle])
    let (low, high) = (OrderedKey.float(found[0]), OrderedKey.float(found[1]))
    return low == high ? low : low / 2 + high / 2
  }

  /// The keys at the middle were they sorted, twice the same one of an odd number. O(keys) on average.
  private static func middlePair(_ keys: [UInt64]) -> [UInt64] {
    var (keys, low, high) = (keys, (keys.count - 1) / 2, keys.count / 2)
    while let (near, below) = window(keys, around: low), below <= low, high < below + near.count {
      (keys, low, high) = (near, low - below, high - below)
    }
    return pair(keys, low, high)
  }

  /// The keys between two of a sample that should lie on both sides of a rank, and how many are below them: few are left to select
  /// from after one pass that branches on no key (Floyd & Rivest 1975). nil where there are few keys anyway, or no fewer are left.
  private static func window(_ keys: [UInt64], around rank: Int) -> (keys: [UInt64], below: Int)? {
    guard keys.count >= 256 else { return nil }
    let sample = (0..<64).map { keys[$0 * keys.count / 64] }.sorted()
    let place = rank * 64 / keys.count
    let (low, high) = (sample[max(0, place - 10)], sample[min(63, place + 10)])
    var below = 0
    let near = [UInt64](unsafeUninitializedCapacity: keys.count) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      // Counters of the loop's own, for those of the closure live in memory.
      var (kept, under) = (0, 0)
      for key in keys {
        base[kept] = key
        kept &+= key >= low && key <= high ? 1 : 0
        under &+= key < low ? 1 : 0
      }
      (count, below) = (kept, under)
    }
    return near.count < keys.count ? (near, below) : nil
  }

  /// The keys at a place were they sorted and at the same or the one before it: Hoare's quickselect, the median of three as pivot.
  private static func pair(_ keys: [UInt64], _ before: Int, _ rank: Int) -> [UInt64] {
    var keys = keys
    keys.withUnsafeMutableBufferPointer { keys in
      var (low, high) = (0, keys.count - 1)
      while low < high {
        let (a, b, c) = (keys[low], keys[(low + high) / 2], keys[high])
        let pivot = max(min(a, b), min(max(a, b), c))
        var (i, j) = (low, high)
        while i <= j {
          while keys[i] < pivot { i += 1 }
          while keys[j] > pivot { j -= 1 }
          if i <= j {
            keys.swapAt(i, j)
            i += 1
            j -= 1
          }
        }
        if rank <= j { high = j } else if rank >= i { low = i } else { break }
      }
    }
    let upper = keys[rank]
    return [before == rank ? upper : keys[..<rank].max() ?? upper, upper]
  }
}
