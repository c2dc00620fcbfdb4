import CVector

/// Numbers for 64-bit keys in the order in which they were first seen: a hash table with linear probing, a key beside its number, so
/// that one look at memory finds both.
struct KeyNumbers {
  private struct Slot {
    var key: UInt64 = 0
    var number: Int32 = -1
  }

  /// At most half are taken.
  private var slots = [Slot](repeating: Slot(), count: 1 << 8)
  /// The keys by their numbers.
  private(set) var keys: [UInt64] = []
  /// Tables of more slots do not stay in a core's own cache, so that a slot is asked for this many keys before it is looked at.
  private static let (cached, ahead) = (1 << 14, 16)

  var byteCount: Int { slots.count * MemoryLayout<Slot>.stride + keys.count * 8 }

  /// Writes the number of each key; a new one gets the next.
  mutating func number(_ all: UnsafeBufferPointer<UInt64>, into numbers: UnsafeMutablePointer<Int32>) {
    makeRoom(for: all.count)
    slots.withUnsafeMutableBufferPointer { slots in
      guard let base = slots.baseAddress else { return }
      let shift = UInt64(64 &- slots.count.trailingZeroBitCount)
      let mask = slots.count &- 1
      let last = slots.count > Self.cached ? all.count &- Self.ahead : 0
      for place in 0..<all.count {
        if place < last {
          mlp_prefetch(base + Int(truncatingIfNeeded: WordHash.mixed(all[place &+ Self.ahead]) &>> shift))
        }
        let key = all[place]
        var slot = Int(truncatingIfNeeded: WordHash.mixed(key) &>> shift)
        while base[slot].number >= 0, base[slot].key != key { slot = (slot &+ 1) & mask }
        if base[slot].number < 0 {
          base[slot] = Slot(key: key, number: Int32(truncatingIfNeeded: keys.count))
          keys.append(key)
        }
        numbers[place] = base[slot].number
      }
    }
  }

  private mutating func makeRoom(for more: Int) {
    let wanted = 2 * (keys.count + more)
    // Most of what comes is there already: only what is not known to fit makes the table grow, four times at once.
    guard wanted > slots.count else { return }
    var size = slots.count
    while size < wanted { size *= 4 }
    var larger = [Slot](repeating: Slot(), count: size)
    let shift = UInt64(64 - size.trailingZeroBitCount)
    for (number, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: WordHash.mixed(key) >> shift)
      while larger[slot].number >= 0 { slot = (slot + 1) & (size - 1) }
      larger[slot] = Slot(key: key, number: Int32(truncatingIfNeeded: number))
    }
    slots = larger
  }
}

/// Hashes of 64-bit words.
enum WordHash {
  /// Both halves of a wide product, so that every bit of the key is in the leading bits.
  @inline(__always)
  static func mixed(_ key: UInt64) -> UInt64 {
    let product = (key ^ 0x2545_F491_4F6C_DD1D).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  /// Of a tuple of words.
  @inline(__always)
  static func mixed(_ words: UnsafeBufferPointer<UInt64>) -> UInt64 {
    var hash: UInt64 = 0
    for word in words { hash = mixed(hash ^ word) &+ 0x632B_E59B_D9B4_E019 }
    return hash
  }
}
