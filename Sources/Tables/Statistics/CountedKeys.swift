/// Quantiles of keys that were counted and are in order.
enum CountedKeys {
  /// Those at `shares` of `total` keys, by linear interpolation.
  static func quantiles(
    _ counted: [KeyTally.Entry], total: Int, _ kind: OrderedKey, _ shares: [Double]
  ) -> [Double] {
    OrderStatistics.quantiles(around(ranks(total, shares), counted), total: total, kind, shares)
  }

  /// The ranks that quantiles lie between, rising.
  private static func ranks(_ count: Int, _ shares: [Double]) -> [Int] {
    shares.flatMap { share in
      let rank = Int(Double(count - 1) * share)
      return [rank, min(count - 1, rank + 1)]
    }.sorted()
  }

  /// Of keys in order those at ranks, which rise; what lies between two is counted as the last of it.
  private static func around(_ ranks: [Int], _ counted: [KeyTally.Entry]) -> [(key: UInt64, count: Int)] {
    var near: [(key: UInt64, count: Int)] = []
    var (next, before, passed) = (0, 0, 0)
    for (place, entry) in counted.enumerated() {
      if next == ranks.count { break }
      let end = before + entry.count
      if ranks[next] < end {
        if passed > 0 { near.append((counted[place - 1].key, passed)) }
        near.append((entry.key, entry.count))
        passed = 0
        while next < ranks.count, ranks[next] < end { next += 1 }
      } else {
        passed += entry.count
      }
      before = end
    }
    return near
  }
}
