import Kernels

/// Sorts rows by 64-bit keys: by the 32 bits in which the keys differ most, packed beside the row, and again where those agree.
///
/// Rows of equal keys keep their order. O(rows) for any keys: two rounds tell 64 bits apart.
struct RowSorter {
  private static let bits: UInt64 = 11
  private static let buckets = 1 << 11
  private static let fewRows = 48

  /// By row; only those of the sorted rows are read.
  let keys: UnsafePointer<UInt64>
  /// As long as the rows that are sorted.
  let spare: UnsafeMutablePointer<UInt64>
  let progress: Progress

  /// The rows are the low halves of the words; the high halves may be anything and are overwritten. Any order when cancelled.
  func sort(_ rows: UnsafeMutablePointer<UInt64>, _ count: Int) {
    if count <= Self.fewRows { return insert(rows, count) }
    var (least, most) = (UInt64.max, UInt64.min)
    for place in 0..<count {
      if place & 0xFFFF == 0, progress.isCancelled { return }
      let key = keys[Int(rows[place] & 0xFFFF_FFFF)]
      least = min(least, key)
      most = max(most, key)
    }
    guard least < most else { return }
    let shift = UInt64((most &- least).leadingZeroBitCount)
    pack(rows, count, least, shift)
    if shift < 32 { settle(rows, count) }
  }

  /// Sorts by the 32 highest bits of the keys, less the least and moved up by `shift`.
  private func pack(_ rows: UnsafeMutablePointer<UInt64>, _ count: Int, _ least: UInt64, _ shift: UInt64) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * Self.buckets) { counts in
      counts.initialize(repeating: 0)
      guard let starts = counts.baseAddress else { return }
      for place in 0..<count {
        if place & 0xFFFF == 0, progress.isCancelled { return }
        let row = rows[place] & 0xFFFF_FFFF
        let word = ((keys[Int(row)] &- least) &<< shift) & ~0xFFFF_FFFF | row
        rows[place] = word
        starts[Int(word &>> 32 & 2047)] &+= 1
        starts[Self.buckets &+ Int(word &>> 43 & 2047)] &+= 1
        starts[2 &* Self.buckets &+ Int(word &>> 54)] &+= 1
      }
      var (from, to) = (rows, spare)
      for digit in 0..<3 where !progress.isCancelled {
        if Self.pass(from, to, count, 32 + UInt64(digit) * Self.bits, starts + digit * Self.buckets) {
          swap(&from, &to)
        }
      }
      if from != rows { rows.update(from: from, count: count) }
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
      let bucket = Int(word &>> shift & 2047)
      to[starts[bucket]] = word
      starts[bucket] &+= 1
    }
    return true
  }

  /// Sorts each run of rows whose high halves agree by the whole keys.
  private func settle(_ rows: UnsafeMutablePointer<UInt64>, _ count: Int) {
    var start = 0
    while start < count, !progress.isCancelled {
      var end = start + 1
      let high = rows[start] &>> 32
      while end < count, rows[end] &>> 32 == high { end += 1 }
      if end - start > 1 { sort(rows + start, end - start) }
      start = end
    }
  }

  private func insert(_ rows: UnsafeMutablePointer<UInt64>, _ count: Int) {
    for place in 1..<max(count, 1) {
      let word = rows[place]
      let key = keys[Int(word & 0xFFFF_FFFF)]
      var hole = place
      while hole > 0, keys[Int(rows[hole - 1] & 0xFFFF_FFFF)] > key {
        rows[hole] = rows[hole - 1]
        hole -= 1
      }
      rows[hole] = word
    }
  }
}
