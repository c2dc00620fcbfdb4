/// Sorts a few hundred numbers: each goes to a bucket by its place between the least and the largest, so that a bucket holds one or
/// two, and a pass of insertions puts them in order (Neubert 1998, Flashsort).
public enum InterpolationSort {
  /// There must be no not-a-number. O(n) for numbers that lie evenly, O(n log n) where the buckets of outliers are split again.
  public static func sort(_ numbers: inout [Double]) {
    var spare = numbers
    numbers.withUnsafeMutableBufferPointer { numbers in
      spare.withUnsafeMutableBufferPointer { spare in
        guard let base = numbers.baseAddress, let other = spare.baseAddress else { return }
        distribute(base, other, numbers.count)
        InsertionSort.sort(base, numbers.count)
      }
    }
  }

  /// Buckets with more are split again.
  private static let most = 16

  /// Puts numbers in order but for those within `most` places.
  private static func distribute(
    _ numbers: UnsafeMutablePointer<Double>, _ spare: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    guard count > most else { return }
    var (low, high) = (numbers[0], numbers[0])
    for place in 1..<count {
      let number = numbers[place]
      low = number < low ? number : low
      high = number > high ? number : high
    }
    if low == high { return }
    // Of halves, for the difference of far ends overflows.
    let (start, scale) = (low / 2, Double(count - 1) / (high / 2 - low / 2))
    guard scale.isFinite, scale > 0 else {
      var all = UnsafeMutableBufferPointer(start: numbers, count: count)
      all.sort()
      return
    }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count + 1) { memory in
      guard let ends = memory.baseAddress else { return }
      let buckets = ends + count + 1
      ends.initialize(repeating: 0, count: count + 1)
      for place in 0..<count {
        // Adding 2⁵² leaves the whole number in the low bits.
        let bucket = Int32(truncatingIfNeeded: ((numbers[place] / 2 - start) * scale + 0x1p52).bitPattern)
        buckets[place] = bucket
        ends[Int(bucket) &+ 1] &+= 1
      }
      for bucket in 1..<count { ends[bucket &+ 1] &+= ends[bucket] }
      // What is where a bucket starts becomes where it ends.
      for place in 0..<count {
        let bucket = Int(buckets[place])
        spare[Int(ends[bucket])] = numbers[place]
        ends[bucket] &+= 1
      }
      numbers.update(from: spare, count: count)
      var first = 0
      for bucket in 0..<count {
        let end = Int(ends[bucket])
        if end - first > most { distribute(numbers + first, spare + first, end - first) }
        first = end
      }
    }
  }
}
