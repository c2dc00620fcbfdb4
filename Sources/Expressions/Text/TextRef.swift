import Glibc

/// A run of UTF-8 bytes that lies in a column, a literal or an arena: a text cell without a String.
package struct TextRef {
  package let base: UnsafePointer<UInt8>
  package let count: Int

  package init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  nonisolated(unsafe) private static let nothing = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))

  /// The empty text.
  package static var empty: TextRef { TextRef(base: nothing, count: 0) }

  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Below 0, 0 or above 0: the order of bytes, which for UTF-8 is the order of code points.
  @inline(__always)
  package func compare(_ other: TextRef) -> Int {
    let order = memcmp(base, other.base, Swift.min(count, other.count))
    return order != 0 ? Int(order) : count - other.count
  }

  @inline(__always)
  package func equals(_ other: TextRef) -> Bool {
    count == other.count && memcmp(base, other.base, count) == 0
  }

  /// The bytes from `start` to before `end`, which must be in bounds.
  func slice(_ start: Int, _ end: Int) -> TextRef { TextRef(base: base + start, count: end - start) }

  var isASCII: Bool {
    var all: UInt8 = 0
    for i in 0..<count { all |= base[i] }
    return all < 0x80
  }

  /// How many code points.
  var characterCount: Int {
    var continuing = 0
    for i in 0..<count where base[i] & 0xC0 == 0x80 { continuing += 1 }
    return count - continuing
  }

  /// The byte at which character `place` starts, counted from 0; the end of the text for places past it.
  func offset(ofCharacter place: Int) -> Int {
    var passed = 0
    for i in 0..<count where base[i] & 0xC0 != 0x80 {
      if passed == place { return i }
      passed += 1
    }
    return count
  }

  /// Where `part` first stands at or after byte `start`; nil if nowhere.
  func find(_ part: TextRef, from start: Int = 0) -> Int? {
    if part.count == 0 { return start <= count ? start : nil }
    var place = start
    while count - place >= part.count {
      guard let found = memchr(base + place, Int32(part.base[0]), count - part.count + 1 - place) else { return nil }
      place = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      if memcmp(base + place, part.base, part.count) == 0 { return place }
      place += 1
    }
    return nil
  }

  func starts(with part: TextRef) -> Bool { count >= part.count && memcmp(base, part.base, part.count) == 0 }

  func ends(with part: TextRef) -> Bool {
    count >= part.count && memcmp(base + (count - part.count), part.base, part.count) == 0
  }

  /// FNV-1a with 64 bits (Fowler, Noll, Vo).
  package var hash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for i in 0..<count { hash = (hash ^ UInt64(base[i])) &* 0x100_0000_01B3 }
    return hash
  }
}
