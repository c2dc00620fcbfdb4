import Kernels

/// Ranks rows by 64-bit keys: sorts by the 32 bits in which the keys differ most, packed before the row, and again where those
/// agree.
///
/// Rows of equal keys keep their order and share a rank. O(rows) for any keys: two rounds tell 64 bits apart.
struct RowSorter {
  /// Buckets so few that a pass writes to no more pages and lines than a core keeps at hand.
  private static let bits: UInt64 = 8
  private static let buckets = 1 << 8
  private static let passes = 4
  private static let fewRows = 48
  private static let low: UInt64 = 0xFFFF_FFFF

  /// By row; only those of the rows that are ranked are read.
  let keys: UnsafePointer<UInt64>
  /// As long as the rows that are ranked.
  let spare: UnsafeMutablePointer<UInt64>
  /// Where the row starts in the low half of a word.
  let rowShift: UInt64
  let progress: Progress
  private var rank: UInt64 = 0

  init(
    keys: UnsafePointer<UInt64>, spare: UnsafeMutablePointer<UInt64>, rowShift: UInt64, _ progress: Progress
  ) {
    self.keys = keys
    self.spare = spare
    self.rowShift = rowShift
    self.progress = progress
  }

  /// Sorts words with rows in their low halves, whose high halves become the ranks 0, 1, 2 … of the keys among those that differ.
  /// Any order and ranks when cancelled.
  static func rank(
    _ words: UnsafeMutablePointer<UInt64>, _ count: Int, keys: UnsafePointer<UInt64>,
    spare: UnsafeMutablePointer<UInt64>, rowShift: UInt64, _ progress: Progress
  ) {
    var sorter = RowSorter(keys: keys, spare: spare, rowShift: rowShift, progress)
    sorter.rank(words, count)
  }

  @inline(__always) private func key(_ word: UInt64) -> UInt64 { keys[Int((word & Self.low) &>> rowShift)] }

  /// Words in front have been ranked.
  private mutating func rank(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    if count <= Self.fewRows { return insert(words, count) }
    var (least, most) = (UInt64.max, UInt64.min)
    for place in 0..<count {
      if place & 0xFFFF == 0, progress.isCancelled { return }
      let key = key(words[place])
      least = min(least, key)
      most = max(most, key)
    }
    if least < most {
      let shift = UInt64((most &- least).leadingZeroBitCount)
      pack(words, count, least, shift)
      settle(words, count, isWhole: shift >= 32)
    } else {
      for place in 0..<count { words[place] = rank &<< 32 | words[place] & Self.low }
      rank &+= 1
    }
  }

  /// Sorts by the 32 highest bits of the keys, less the least and moved up by `shift`.
  private func pack(_ words: UnsafeMutablePointer<UInt64>, _ count: Int, _ least: UInt64, _ shift: UInt64) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.passes * Self.buckets) { counts in
      counts.initialize(repeating: 0)
      guard let starts = counts.baseAddress else { return }
      for place in 0..<count {
        if place & 0xFFFF == 0, progress.isCancelled { return }
        let word = ((key(words[place]) &- least) &<< shift) & ~Self.low | words[place] & Self.low
        words[place] = word
        starts[Int(word &>> 32 & 255)] &+= 1
        starts[256 &+ Int(word &>> 40 & 255)] &+= 1
        starts[512 &+ Int(word &>> 48 & 255)] &+= 1
        starts[768 &+ Int(word &>> 56)] &+= 1
      }
      var (from, to) = (words, spare)
      for pass in 0..<Self.passes where !progress.isCancelled {
        let shift = 32 + UInt64(pass) * Self.bits
        if Self.pass(from, to, count, shift, starts + pass * Self.buckets) { swap(&from, &to) }
      }
      if from != words { words.update(from: from, count: count) }
    }
  }

  /// Moves words to their buckets; false when all are in one.
  private static func pass(
    _ from: UnsafeMutablePointer<UInt64>, _ to: UnsafeMutablePointer<UInt64>, _ count: Int, _ shift: UInt64,
    _ starts: UnsafeMutablePointer<Int>
  ) -> Bool {
    var start = 0
    for bucket in 0..<buckets {
      let size = starts[bucket]
      if size == count { return false }
      starts[bucket] = start
      start += size
    }
    for place in 0..<count {
      let word = from[place]
      let bucket = Int(word &>> shift & 255)
      to[starts[bucket]] = word
      starts[bucket] &+= 1
    }
    return true
  }

  /// Ranks each run of words whose high halves agree; where they are the whole keys that is one rank.
  private mutating func settle(_ words: UnsafeMutablePointer<UInt64>, _ count: Int, isWhole: Bool) {
    var start = 0
    while start < count {
      if progress.isCancelled { return }
      var end = start + 1
      let high = words[start] &>> 32
      while end < count, words[end] &>> 32 == high { end &+= 1 }
      if end - start == 1 || isWhole {
        for place in start..<end { words[place] = rank &<< 32 | words[place] & Self.low }
        rank &+= 1
      } else {
        rank(words + start, end - start)
      }
      start = end
    }
  }

  private mutating func insert(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    guard count > 0 else { return }
    for place in 1..<count {
      let word = words[place]
      let key = key(word)
      var hole = place
      while hole > 0, self.key(words[hole - 1]) > key {
        words[hole] = words[hole - 1]
        hole -= 1
      }
      words[hole] = word
    }
    var last = key(words[0])
    for place in 0..<count {
      let key = key(words[place])
      if key != last { rank &+= 1 }
      last = key
      words[place] = rank &<< 32 | words[place] & Self.low
    }
    rank &+= 1
  }
}
