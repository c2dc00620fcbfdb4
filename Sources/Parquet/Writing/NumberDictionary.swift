/// The different values of a column in the order in which they come, and for each value its place among them.
struct NumberDictionary<Value: PlainValue> {
  private(set) var words: [Value] = []
  private(set) var codes: [Int32] = []

  /// nil where there are more than `most` different values.
  init?(_ values: [Value], most: Int) {
    var keys: [UInt64] = []
    var slots = [Int32](repeating: -1, count: 1 << 12)
    codes.reserveCapacity(values.count)
    for value in values {
      let key = value.key
      var slot = Self.slot(key, slots.count)
      while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot &+ 1) & (slots.count &- 1) }
      if slots[slot] >= 0 {
        codes.append(slots[slot])
        continue
      }
      if words.count == most { return nil }
      let code = Int32(words.count)
      slots[slot] = code
      codes.append(code)
      words.append(value)
      keys.append(key)
      if 2 * words.count > slots.count { slots = Self.grown(keys, to: 4 * slots.count) }
    }
  }

  private static func slot(_ key: UInt64, _ count: Int) -> Int {
    let product = key.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (count &- 1)
  }

  private static func grown(_ keys: [UInt64], to count: Int) -> [Int32] {
    var slots = [Int32](repeating: -1, count: count)
    for (place, key) in keys.enumerated() {
      var slot = slot(key, count)
      while slots[slot] >= 0 { slot = (slot &+ 1) & (count &- 1) }
      slots[slot] = Int32(place)
    }
    return slots
  }
}

/// Bits that the places of a dictionary take.
func dictionaryWidth(_ words: Int) -> Int { words < 2 ? words : Int.bitWidth - (words - 1).leadingZeroBitCount }
