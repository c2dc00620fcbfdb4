/// Numbers of 64 bits that keys are told apart by.
enum KeyHash {
  /// The number well mixed in all its bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014).
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed &>> 31
  }

  /// A key's number with one more of its cells.
  @inline(__always)
  static func adding(_ cell: UInt64, to key: UInt64) -> UInt64 {
    let product = (key ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: mix(cell) | 1)
    return product.high ^ product.low
  }

  /// Of bytes, eight at a time.
  @inline(__always)
  static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(bytes)
    var hash = UInt64(truncatingIfNeeded: count)
    var at = 0
    while at &+ 8 <= count {
      hash = adding(raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), to: hash)
      at &+= 8
    }
    if at < count {
      var tail: UInt64 = 0
      while at < count {
        tail = tail &<< 8 | UInt64(bytes[at])
        at &+= 1
      }
      hash = adding(tail, to: hash)
    }
    return mix(hash)
  }
}
