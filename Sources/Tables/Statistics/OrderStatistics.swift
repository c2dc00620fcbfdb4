/// Values at given ranks without sorting: a radix selection that looks at 16 bits of what the keys differ in at a time, and sorts
/// only what shares them with a wanted rank.
enum OrderStatistics {
  private static let small = 1 << 14

  /// The keys that would stand at `ranks` (each in `0 ..< keys.count`) were the keys sorted. O(keys).
  static func select(_ keys: [UInt64], ranks: [Int]) -> [UInt64] { select(keys, ranks, key: { $0 }, count: { _ in 1 }) }

  /// The keys that would stand at `ranks` were each key there as often as it was counted. O(different keys).
  static func select(_ counted: [(key: UInt64, count: Int)], ranks: [Int]) -> [UInt64] {
    select(counted, ranks, key: { $0.key }, count: { $0.count })
  }

  @inline(__always)
  private static func select<Item>(
    _ items: [Item], _ ranks: [Int], key: (Item) -> UInt64, count: (Item) -> Int
  ) -> [UInt64] {
    var found = [UInt64](repeating: 0, count: ranks.count)
    guard !items.isEmpty else { return found }
    descend(items, ranks.enumerated().map { ($0.offset, $0.element) }, &found, key, count)
    return found
  }

  /// The quantile at `probability` by linear interpolation between the values around (n − 1) × probability.
  static func quantiles(_ keys: [UInt64], _ kind: OrderedKey, _ probabilities: [Double]) -> [Double] {
    quantiles(count: keys.count, probabilities) { select(keys, ranks: $0).map(kind.number) }
  }

  /// Likewise of keys that were counted, `total` in all.
  static func quantiles(
    _ counted: [(key: UInt64, count: Int)], total: Int, _ kind: OrderedKey, _ probabilities: [Double]
  ) -> [Double] {
    quantiles(count: total, probabilities) { select(counted, ranks: $0).map(kind.number) }
  }

  private static func quantiles(
    count: Int, _ probabilities: [Double], _ select: (_ ranks: [Int]) -> [Double]
  ) -> [Double] {
    let last = count - 1
    let places = probabilities.map { Double(last) * $0 }
    let values = select(places.flatMap { [Int($0), min(last, Int($0) + 1)] })
    return places.enumerated().map { index, place in
      let (low, high) = (values[2 * index], values[2 * index + 1])
      let share = place - place.rounded(.down)
      if share == 0 || low == high { return low }
      let value = low + (high - low) * share
      // The difference of far ends overflows, and that of two infinities is undefined.
      return value.isFinite ? value : low.isFinite ? low * (1 - share) + high * share : low
    }
  }

  private static func descend<Item>(
    _ items: [Item], _ ranks: [(place: Int, rank: Int)], _ found: inout [UInt64], _ key: (Item) -> UInt64,
    _ count: (Item) -> Int
  ) {
    if items.count <= small {
      pick(items.sorted { key($0) < key($1) }, ranks, &found, key, count)
      return
    }
    let (low, shift) = range(items, key)
    if shift == nil {
      for (place, _) in ranks { found[place] = low }
      return
    }
    let bins = Bins(items, low, shift ?? 0, key, count)
    let parts = bins.parts(holding: ranks)
    for (part, items) in zip(parts, bins.gathered(items, parts.map(\.bin), key)) {
      descend(items, part.ranks, &found, key, count)
    }
  }

  private static func pick<Item>(
    _ sorted: [Item], _ ranks: [(place: Int, rank: Int)], _ found: inout [UInt64], _ key: (Item) -> UInt64,
    _ count: (Item) -> Int
  ) {
    var (place, end) = (0, count(sorted[0]))
    for rank in ranks.sorted(by: { $0.rank < $1.rank }) {
      while rank.rank >= end, place + 1 < sorted.count {
        place += 1
        end += count(sorted[place])
      }
      found[rank.place] = key(sorted[place])
    }
  }

  /// The least key, and the bits by which keys are shifted for their distances from it to fit 16; nil where all are the same.
  private static func range<Item>(_ items: [Item], _ key: (Item) -> UInt64) -> (low: UInt64, shift: UInt64?) {
    var (low, high) = (UInt64.max, UInt64.min)
    for item in items {
      let key = key(item)
      low = min(low, key)
      high = max(high, key)
    }
    return (low, low == high ? nil : UInt64(max(0, 48 - (high - low).leadingZeroBitCount)))
  }

  /// How many items have each value of the leading 16 bits.
  private struct Bins {
    private var counts = [Int](repeating: 0, count: 1 << 16)
    private let low: UInt64
    private let shift: UInt64

    init<Item>(
      _ items: [Item], _ low: UInt64, _ shift: UInt64, _ key: (Item) -> UInt64, _ count: (Item) -> Int
    ) {
      (self.low, self.shift) = (low, shift)
      counts.withUnsafeMutableBufferPointer { counts in
        for item in items { counts[Int(truncatingIfNeeded: (key(item) &- low) &>> shift)] &+= count(item) }
      }
    }

    /// The bins in which ranks lie, with the ranks within each.
    func parts(holding ranks: [(place: Int, rank: Int)]) -> [(bin: Int, ranks: [(place: Int, rank: Int)])] {
      var parts: [(bin: Int, ranks: [(place: Int, rank: Int)])] = []
      let ranks = ranks.sorted { $0.rank < $1.rank }
      var (next, before) = (0, 0)
      for bin in counts.indices {
        let end = before + counts[bin]
        let first = next
        while next < ranks.count, ranks[next].rank < end { next += 1 }
        if next > first { parts.append((bin, ranks[first..<next].map { ($0.place, $0.rank - before) })) }
        before = end
      }
      return parts
    }

    /// The items of each of some bins, in one pass.
    func gathered<Item>(_ items: [Item], _ bins: [Int], _ key: (Item) -> UInt64) -> [[Item]] {
      var places = [UInt8](repeating: .max, count: 1 << 16)
      for (place, bin) in bins.enumerated() { places[bin] = UInt8(truncatingIfNeeded: place) }
      var gathered = bins.map { _ in [Item]() }
      places.withUnsafeBufferPointer { places in
        for item in items {
          let place = places[Int(truncatingIfNeeded: (key(item) &- low) &>> shift)]
          if place != .max { gathered[Int(place)].append(item) }
        }
      }
      return gathered
    }
  }
}
