import Kernels

/// Sorting of doubles by their bits, in a number of passes over the values.
enum SortedKeys {
  /// The values in rising order; there must be no not-a-number. O(n).
  static func sorted(_ values: [Double]) -> [Double] {
    guard values.count > 1024 else { return values.sorted() }
    var keys = values.map(key)
    var other = keys
    for digit in 0..<6 { pass(&keys, &other, shift: UInt64(digit * 11)) }
    return keys.map(value)
  }

  /// Rises with the value; −0 is 0 and every not-a-number the largest.
  @inline(__always)
  static func key(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// The value of a key.
  static func value(_ key: UInt64) -> Double { Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key) }

  private static func pass(_ keys: inout [UInt64], _ other: inout [UInt64], shift: UInt64) {
    guard var starts = counts(keys, shift) else { return }
    for key in keys {
      let bucket = Int(key >> shift & 2047)
      other[starts[bucket]] = key
      starts[bucket] += 1
    }
    swap(&keys, &other)
  }

  /// Where each bucket starts; nil when all keys are in one.
  private static func counts(_ keys: [UInt64], _ shift: UInt64) -> [Int]? {
    var counts = [Int](repeating: 0, count: 2048)
    for key in keys { counts[Int(key >> shift & 2047)] += 1 }
    if counts.contains(keys.count) { return nil }
    var start = 0
    for bucket in counts.indices {
      let count = counts[bucket]
      counts[bucket] = start
      start += count
    }
    return counts
  }
}
