import Kernels

/// How often each of a column's values occurs, up to a bound on how many different ones are followed.
///
/// Values are followed from their first appearance, so their counts are exact. Past the bound, new values are only
/// estimated in number.
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
    if keys.count >= limit {
      if sketch == nil {
        sketch = DistinctSketch()
        for known in keys { sketch?.add(hash: Self.hash(known)) }
      }
      sketch?.add(hash: hash)
      return
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    counts.append(times)
    if keys.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (place, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: Self.hash(key)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  var distinct: DistinctCount {
    guard let sketch else { return DistinctCount(count: keys.count, isApproximate: false) }
    return DistinctCount(count: max(keys.count + 1, sketch.estimate), isApproximate: true)
  }

  /// Adds all keys, passing a checkpoint now and then.
  mutating func add(all keys: [UInt64], _ progress: Progress) throws(Cancelled) {
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
