/// Values at given ranks without sorting: a radix selection that looks at 16 bits of the keys at a time and sorts only
/// what shares the leading bits with a wanted rank.
enum OrderStatistics {
  private static let small = 1 << 14

  /// The keys that would stand at `ranks` (each in `0 ..< keys.count`) were the keys sorted. O(keys).
  static func select(_ keys: [UInt64], ranks: [Int]) -> [UInt64] {
    var found = [UInt64](repeating: 0, count: ranks.count)
    guard !keys.isEmpty else { return found }
    descend(keys, shift: 48, ranks.enumerated().map { ($0.offset, $0.element) }, &found)
    return found
  }

  /// The quantile at `probability` by linear interpolation between the values around (n − 1) × probability.
  static func quantiles(_ keys: [UInt64], _ kind: OrderedKey, _ probabilities: [Double]) -> [Double] {
    let last = keys.count - 1
    let places = probabilities.map { Double(last) * $0 }
    let ranks = places.flatMap { [Int($0), min(last, Int($0) + 1)] }
    let values = select(keys, ranks: ranks).map(kind.number)
    return places.enumerated().map { index, place in
      let (low, high) = (values[2 * index], values[2 * index + 1])
      let share = place - place.rounded(.down)
      if share == 0 || low == high { return low }
      let value = low + (high - low) * share
      // The difference of far ends overflows, and that of two infinities is undefined.
      return value.isFinite ? value : low.isFinite ? low * (1 - share) + high * share : low
    }
  }

  private static func descend(
    _ keys: [UInt64], shift: UInt64, _ ranks: [(place: Int, rank: Int)], _ found: inout [UInt64]
  ) {
    if keys.count <= small {
      let sorted = keys.sorted()
      for (place, rank) in ranks { found[place] = sorted[rank] }
      return
    }
    let counts = histogram(keys, shift)
    var before = 0
    for bin in 0..<counts.count {
      let count = counts[bin]
      let here = ranks.filter { $0.rank >= before && $0.rank < before + count }
      if !here.isEmpty {
        let matching = keys.filter { $0 >> shift & 0xFFFF == UInt64(bin) }
        let inside = here.map { ($0.place, $0.rank - before) }
        if shift == 0 {
          for (place, _) in inside { found[place] = matching[0] }
        } else {
          descend(matching, shift: shift - 16, inside, &found)
        }
      }
      before += count
    }
  }

  private static func histogram(_ keys: [UInt64], _ shift: UInt64) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << 16)
    counts.withUnsafeMutableBufferPointer { counts in
      for key in keys { counts[Int(truncatingIfNeeded: key >> shift & 0xFFFF)] += 1 }
    }
    return counts
  }
}
