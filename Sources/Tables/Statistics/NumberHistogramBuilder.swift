extension NumberHistogram {
  struct Builder: Sendable {
    private static let bins = NumberHistogram.bins

    private let lower: Double
    private let upper: Double
    private let width: Double
    private var counts: [Int]

    /// nil where infinite values leave no width to divide.
    init?(_ lower: Double, _ upper: Double) {
      width = upper - lower
      guard width.isFinite else { return nil }
      (self.lower, self.upper) = (lower, upper)
      counts = [Int](repeating: 0, count: width == 0 ? 1 : Self.bins)
    }

    @inline(__always)
    mutating func add(_ number: Double, times: Int) {
      counts[width == 0 ? 0 : min(Self.bins - 1, Int((number - lower) / width * Double(Self.bins)))] += times
    }

    mutating func add(_ numbers: UnsafeBufferPointer<Double>) {
      counts.withUnsafeMutableBufferPointer { counts in
        if width == 0 {
          counts[0] += numbers.count
          return
        }
        for number in numbers {
          let bin = min(Self.bins &- 1, Int((number - lower) / width * Double(Self.bins)))
          counts[bin] &+= 1
        }
      }
    }

    /// As many values in all as there are, spread as these.
    mutating func scale(to total: Int) {
      let sum = counts.reduce(0, +)
      guard sum > 0 else { return }
      var (before, given) = (0, 0)
      for bin in counts.indices {
        before += counts[bin]
        let upTo = Int((Double(before) / Double(sum) * Double(total)).rounded())
        (counts[bin], given) = (upTo - given, upTo)
      }
    }

    var result: NumberHistogram { NumberHistogram(lower: lower, upper: upper, fine: counts) }
  }
}
