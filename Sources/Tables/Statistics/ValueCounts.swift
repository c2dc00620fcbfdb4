import Kernels

/// How often each of a column's values occurs, up to a bound on how many different ones are followed.
///
/// Values are followed from their first appearance, so their counts are exact. Past the bound, new values are only
/// estimated in number, and of the ones followed those go on that were seen twice by then.
public enum ValueCounts {
  /// How many different values are counted exactly.
  public static let limit = 1 << 20
}

/// The table behind it: keys of 64 bits and their counts, hashed openly.
struct KeyCounts {
  private var slots: [Int32]
  private(set) var keys: [UInt64] = []
  private(set) var counts: [Int] = []
  private var sketch: DistinctSketch?
  private let limit: Int

  init(limit: Int = ValueCounts.limit) {
    self.limit = limit
    slots = [Int32](repeating: -1, count: 1 << 10)
  }

  /// SplitMix64's finaliser.
  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 {
    var z = key &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  @inline(__always)
  mutating func add(_ key: UInt64, times: Int = 1) {
    let hash = Self.hash(key)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if keys[place] == key {
        counts[place] += times
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    insert(key, hash, slot, times)
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, _ hash: UInt64, _ slot: Int, _ times: Int) {
    if sketch != nil || keys.count >= limit {
      if sketch == nil { saturate() }
      sketch?.add(hash: hash)
      return
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    counts.append(times)
    if keys.count * 2 > slots.count { grow() }
  }

  /// From exact counting to estimating. What was seen once only is let go, so that the table of a column of distinct
  /// values is small again and looking into it costs little.
  private mutating func saturate() {
    var sketch = DistinctSketch()
    for known in keys { sketch.add(hash: Self.hash(known)) }
    self.sketch = sketch
    let kept = keys.indices.filter { counts[$0] > 1 }
    (keys, counts) = (kept.map { keys[$0] }, kept.map { counts[$0] })
    rehash(slots: 1 << 10)
  }

  private mutating func grow() { rehash(slots: slots.count * 4) }

  private mutating func rehash(slots wanted: Int) {
    var count = wanted
    while count < keys.count * 2 { count *= 2 }
    slots = [Int32](repeating: -1, count: count)
    for (place, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: Self.hash(key)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  var distinct: DistinctCount {
    guard let sketch else { return DistinctCount(count: keys.count, isApproximate: false) }
    return DistinctCount(count: max(limit + 1, sketch.estimate), isApproximate: true)
  }

  /// Of all keys, passing a checkpoint now and then. Keys that are in order already, as ids and times mostly are, are
  /// counted run by run and so exactly, however many there are.
  static func result(
    of keys: [UInt64], top wanted: Int, _ progress: Progress
  ) throws(Cancelled) -> (distinct: DistinctCount, top: [(key: UInt64, count: Int)]) {
    if let runs = SortedRuns(keys) {
      return (DistinctCount(count: runs.count, isApproximate: false), runs.top(wanted))
    }
    var counts = KeyCounts()
    try counts.add(all: keys, progress)
    return (counts.distinct, counts.top(wanted))
  }

  private mutating func add(all keys: [UInt64], _ progress: Progress) throws(Cancelled) {
    var at = 0
    while at < keys.count {
      try progress.checkpoint()
      let end = min(keys.count, at + 1 << 18)
      for place in at..<end { add(keys[place]) }
      at = end
    }
  }

  /// The most frequent keys, equally frequent ones in their order.
  func top(_ wanted: Int) -> [(key: UInt64, count: Int)] {
    MostFrequent.places(counts, wanted) { keys[$0] < keys[$1] }.map { (keys[$0], counts[$0]) }
  }
}

/// Picks the most frequent of many without sorting them all.
enum MostFrequent {
  /// The places of the greatest counts, greatest first; of equal counts the one that `isBefore` puts first.
  static func places(_ counts: [Int], _ wanted: Int, _ isBefore: (Int, Int) -> Bool) -> [Int] {
    var best: [Int] = []
    for place in counts.indices {
      if best.count == wanted, let last = best.last {
        if counts[place] < counts[last] || (counts[place] == counts[last] && isBefore(last, place)) { continue }
      }
      let at = best.firstIndex { counts[place] > counts[$0] || (counts[place] == counts[$0] && isBefore(place, $0)) }
      best.insert(place, at: at ?? best.count)
      if best.count > wanted { best.removeLast() }
    }
    return best
  }
}

/// The distinct values of keys that are in order.
private struct SortedRuns {
  let count: Int
  private let keys: [UInt64]

  /// nil when the keys are not in order.
  init?(_ keys: [UInt64]) {
    self.keys = keys
    var runs = keys.isEmpty ? 0 : 1
    for place in keys.indices.dropFirst() {
      if keys[place] < keys[place - 1] { return nil }
      runs += keys[place] == keys[place - 1] ? 0 : 1
    }
    count = runs
  }

  /// The longest runs, equally long ones in order of key.
  func top(_ wanted: Int) -> [(key: UInt64, count: Int)] {
    var best: [(key: UInt64, count: Int)] = []
    var start = 0
    while start < keys.count, wanted > 0 {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      if best.count < wanted || end - start > (best.last?.count ?? 0) {
        let at = best.firstIndex { $0.count < end - start } ?? best.count
        best.insert((keys[start], end - start), at: at)
        if best.count > wanted { best.removeLast() }
      }
      start = end
    }
    return best
  }
}
