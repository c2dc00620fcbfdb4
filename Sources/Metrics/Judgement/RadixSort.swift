/// Sorts doubles by the digits of their bits, in linear time.
enum RadixSort {
  /// In rising order; −0 counts as 0 and what is not a number stands first. O(n).
  static func sorted(_ values: [Double]) -> [Double] {
    guard values.count >= 512 else { return values.sorted { key($0) < key($1) } }
    return [Double](unsafeUninitializedCapacity: values.count) { out, count in
      count = values.count
      let keys = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 2 * count)
      defer { keys.deallocate() }
      guard let base = keys.baseAddress else { return }
      for place in values.indices { base[place] = key(values[place]) }
      let sorted = sort(base, base + count, count)
      for place in 0..<count { out.initializeElement(at: place, to: value(sorted[place])) }
    }
  }

  /// Least digit first; a digit that all keys share is passed over. Gives where the sorted keys are.
  @inline(never)
  private static func sort(
    _ keys: UnsafeMutablePointer<UInt64>, _ spare: UnsafeMutablePointer<UInt64>, _ count: Int
  ) -> UnsafeMutablePointer<UInt64> {
    var histogram = [Int](repeating: 0, count: 8 * 256)
    var (from, to) = (keys, spare)
    histogram.withUnsafeMutableBufferPointer { counts in
      for place in 0..<count {
        var key = from[place]
        for digit in 0..<8 {
          counts[digit &* 256 &+ Int(key & 255)] &+= 1
          key >>= 8
        }
      }
      for digit in 0..<8 {
        let shift = UInt64(digit * 8)
        let places = UnsafeMutableBufferPointer(rebasing: counts[digit * 256..<digit * 256 + 256])
        if places[Int((from[0] >> shift) & 255)] == count { continue }
        var next = 0
        for value in 0..<256 {
          let size = places[value]
          places[value] = next
          next += size
        }
        for place in 0..<count {
          let key = from[place]
          let value = Int((key >> shift) & 255)
          to[places[value]] = key
          places[value] &+= 1
        }
        swap(&from, &to)
      }
    }
    return from
  }

  /// Bits that stand in the order of the numbers.
  private static func key(_ value: Double) -> UInt64 {
    if value.isNaN { return 0 }
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func value(_ key: UInt64) -> Double {
    if key == 0 { return .nan }
    return Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
