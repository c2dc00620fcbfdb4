/// Numbers the distinct words among texts in order of first appearance: a hash table over bytes that makes a String for each word,
/// none for each row.
struct WordCodes {
  private(set) var words: [String] = []
  /// Each word's bytes, as a stretch of the bytes that it was found in.
  private var stretches: [Range<Int>] = []
  private var hashes: [UInt64] = []
  private var slots: [Int32]

  init() { slots = [Int32](repeating: -1, count: 256) }

  /// The code of the word `bytes[stretch]`; every call is given the same bytes.
  mutating func code(_ bytes: UnsafeBufferPointer<UInt8>, _ stretch: Range<Int>) -> Int32 {
    let hash = Self.hash(bytes, stretch)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if hashes[code] == hash, Self.areEqual(bytes, stretches[code], stretch) { return Int32(code) }
      slot = (slot + 1) & mask
    }
    let code = Int32(words.count)
    slots[slot] = code
    words.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[stretch]), as: UTF8.self))
    stretches.append(stretch)
    hashes.append(hash)
    if words.count * 2 > slots.count { rehash() }
    return code
  }

  private mutating func rehash() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code)
    }
  }

  /// Eight bytes at a time, each folded in by a wide multiplication; only told apart by it, so its value never shows.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ stretch: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: stretch.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = bytes.baseAddress else { return hash }
    var at = stretch.lowerBound
    while at &+ 8 <= stretch.upperBound {
      hash = mix(hash ^ UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
      at &+= 8
    }
    var tail: UInt64 = 0
    while at < stretch.upperBound {
      tail = tail &<< 8 | UInt64(base[at])
      at &+= 1
    }
    return mix(hash ^ tail)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  private static func areEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count, let base = bytes.baseAddress else { return left.count == right.count }
    let (a, b) = (base + left.lowerBound, base + right.lowerBound)
    for index in 0..<left.count where a[index] != b[index] { return false }
    return true
  }
}
