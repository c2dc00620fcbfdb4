import Kernels

/// Counts the numbers of a list that stand in it before, where they are hashes: well mixed in all their bits.
///
/// Numbers are brought together by their first bits, so that each table in which they are looked up is at hand whatever their count.
enum RepeatedKeys {
  /// Numbers that a table is for.
  private static let tableSize = 1 << 13
  private static let chunkSize = 1 << 18

  /// Any number when cancelled. O(keys), in parallel.
  static func count(_ keys: [UInt64], _ progress: Progress) -> Int {
    let bits = max(0, Int.bitWidth - (keys.count / tableSize).leadingZeroBitCount)
    let starts = starts(keys, bits, progress)
    guard !progress.isCancelled, let firsts = starts.first else { return 0 }
    let together = [UInt64](unsafeUninitializedCapacity: keys.count) { buffer, count in
      nonisolated(unsafe) let target = buffer
      // New memory is asked for by all threads, not by one.
      parallelChunks(of: keys.count, size: chunkSize) { _, range in
        for place in range { target.initializeElement(at: place, to: 0) }
      }
      parallelChunks(of: keys.count, size: chunkSize) { chunk, range in
        var next = starts[chunk]
        for place in range where place & 0xFFFF != 0 || !progress.isCancelled {
          let bucket = bucket(keys[place], bits)
          target[next[bucket]] = keys[place]
          next[bucket] += 1
        }
      }
      count = keys.count
    }
    let ends = firsts.dropFirst() + [keys.count]
    let repeated = parallelMap(1 << bits) { bucket in
      progress.isCancelled ? 0 : count(together[firsts[bucket]..<ends[ends.startIndex + bucket]])
    }
    return repeated.reduce(0, +)
  }

  @inline(__always)
  private static func bucket(_ key: UInt64, _ bits: Int) -> Int { bits == 0 ? 0 : Int(key >> UInt64(64 - bits)) }

  /// Where the numbers of each bucket start, for each chunk of the list.
  private static func starts(_ keys: [UInt64], _ bits: Int, _ progress: Progress) -> [[Int]] {
    let chunks = (keys.count + chunkSize - 1) / chunkSize
    var counts = parallelMap(chunks) { chunk in
      var counts = [Int](repeating: 0, count: 1 << bits)
      if progress.isCancelled { return counts }
      for place in chunk * chunkSize..<min(keys.count, (chunk + 1) * chunkSize) {
        counts[bucket(keys[place], bits)] += 1
      }
      return counts
    }
    var start = 0
    for bucket in 0..<1 << bits {
      for chunk in counts.indices {
        let count = counts[chunk][bucket]
        counts[chunk][bucket] = start
        start += count
      }
    }
    return counts
  }

  private static func count(_ keys: ArraySlice<UInt64>) -> Int {
    var slots = 16
    while slots < 2 * keys.count { slots *= 2 }
    var table = [UInt64](repeating: 0, count: slots)
    var (repeated, zeros) = (0, 0)
    for key in keys {
      // It marks a free place, so that it can be in none.
      if key == 0 {
        zeros += 1
        continue
      }
      var slot = Int(truncatingIfNeeded: key) & (slots - 1)
      while table[slot] != 0, table[slot] != key { slot = (slot + 1) & (slots - 1) }
      repeated += table[slot] == key ? 1 : 0
      table[slot] = key
    }
    return repeated + max(0, zeros - 1)
  }
}
