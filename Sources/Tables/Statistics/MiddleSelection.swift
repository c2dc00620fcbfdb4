import CVector

/// The middle of some hundreds to some thousands of numbers: how many lie below a window and in it is counted, which branches on no
/// number, and the window is narrowed until few are left to be sorted (after Floyd & Rivest 1975, whose window it is that starts).
enum MiddleSelection {
  /// Numbers that are left to be sorted.
  private static let few = 48
  private static let sampled = 32
  /// With more, what is read again and again is no longer in the first cache.
  static let most = 1 << 14

  /// How many are numbers. O(values).
  static func numbers(_ values: [Double]) -> Int {
    values.withUnsafeBufferPointer { count($0, -.infinity, .infinity).inside }
  }

  /// The numbers that would stand at the first and the last of the ranks, which are in the middle, were the numbers sorted; nil
  /// where another way is better: for few, for very many, and where a sample misleads.
  static func pair(_ values: UnsafeBufferPointer<Double>, _ ranks: ClosedRange<Int>) -> (Double, Double)? {
    guard ranks.lowerBound >= 2 * few, values.count <= most, var window = Window(values, ranks) else { return nil }
    while window.inside > few, window.low < window.high, window.narrow(values, ranks) {}
    return window.pick(values, ranks)
  }

  private static func count(_ values: UnsafeBufferPointer<Double>, _ low: Double, _ high: Double)
    -> (below: Int, inside: Int)
  {
    var (below, upto) = (0, 0)
    mlp_count_around(values.baseAddress, values.count, low, high, &below, &upto)
    return (below, upto - below)
  }

  /// The numbers from `low` to `high`, among which are those at the ranks.
  private struct Window {
    private(set) var low: Double
    private(set) var high: Double
    private var below: Int
    private(set) var inside: Int

    /// Around the middle of a sample; nil where the ranks are not in it.
    init?(_ values: UnsafeBufferPointer<Double>, _ ranks: ClosedRange<Int>) {
      let found = withUnsafeTemporaryAllocation(of: Double.self, capacity: sampled) { memory -> (Double, Double)? in
        guard let sample = memory.baseAddress else { return nil }
        var kept = 0
        for place in 0..<sampled {
          let value = values[place &* values.count / sampled]
          sample[kept] = value
          kept &+= value == value ? 1 : 0
        }
        guard kept >= sampled / 2 else { return nil }
        InsertionSort.sort(sample, kept)
        let (middle, reach) = (kept / 2, kept * 5 / 16)
        return (sample[middle - reach], sample[middle + reach])
      }
      guard let found else { return nil }
      (low, high) = found
      (below, inside) = count(values, low, high)
      guard below <= ranks.lowerBound, ranks.upperBound < below + inside else { return nil }
    }

    /// To where the ranks would be were the numbers within spread evenly; false where that leads no further.
    mutating func narrow(_ values: UnsafeBufferPointer<Double>, _ ranks: ClosedRange<Int>) -> Bool {
      let (width, before) = ((high - low) / Double(inside), inside)
      let place = Double(ranks.lowerBound - below) + 0.5
      let reach = max(Double(few) / 3, 1.2 * Double(inside).squareRoot())
      let (near, far) = (max(low, low + width * (place - reach)), min(high, low + width * (place + 1 + reach)))
      guard near <= far else { return false }
      let found = count(values, near, far)
      if found.below > ranks.upperBound {
        (high, inside) = (near.nextDown, found.below - below)
      } else if found.below + found.inside <= ranks.lowerBound {
        let under = found.below + found.inside
        (low, below, inside) = (far.nextUp, under, below + inside - under)
      } else if found.below <= ranks.lowerBound, ranks.upperBound < found.below + found.inside {
        (low, high, below, inside) = (near, far, found.below, found.inside)
      }
      return inside < before
    }

    /// The numbers at the ranks; minus zero is zero, as it is everywhere in an order.
    func pick(_ values: UnsafeBufferPointer<Double>, _ ranks: ClosedRange<Int>) -> (Double, Double) {
      if low == high { return (low + 0, low + 0) }
      var within = [Double](unsafeUninitializedCapacity: inside + 1) { memory, kept in
        guard let base = memory.baseAddress else { return }
        kept = mlp_collect_within(values.baseAddress, values.count, low, high, base)
        if kept <= few { InsertionSort.sort(base, kept) }
      }
      if within.count > few { InterpolationSort.sort(&within) }
      return (within[ranks.lowerBound - below] + 0, within[ranks.upperBound - below] + 0)
    }
  }
}
