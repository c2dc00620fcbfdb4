/// The distinct words of a text column, numbered in order of first appearance.
///
/// A hash table over raw memory: it is asked once a cell. The owner calls `deallocate`.
struct WordTable {
  private(set) var count = 0
  private var slots: UnsafeMutablePointer<Int32>
  private var slotCount: Int
  private var hashes: UnsafeMutablePointer<UInt64>
  private var ends: UnsafeMutablePointer<Int>
  private var wordCapacity: Int
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int

  init() {
    slotCount = 256
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: -1, count: slotCount)
    wordCapacity = 64
    hashes = .allocate(capacity: wordCapacity)
    ends = .allocate(capacity: wordCapacity)
    byteCapacity = 1024
    bytes = .allocate(capacity: byteCapacity)
  }

  func deallocate() {
    slots.deallocate()
    hashes.deallocate()
    ends.deallocate()
    bytes.deallocate()
  }

  mutating func removeAll() {
    slots.update(repeating: -1, count: slotCount)
    count = 0
  }

  /// The bytes of a word.
  func word(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = code == 0 ? 0 : ends[code - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[code] - start)
  }

  func hash(_ code: Int) -> UInt64 { hashes[code] }

  /// Eight bytes at a time, with a multiply-and-fold mixer; 8 bytes past the text must be readable.
  @inline(__always)
  static func hash(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at &+ 8 <= length {
      hash = mix(hash ^ UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
      at &+= 8
    }
    if at < length {
      let tail = UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self)
      hash = mix(hash ^ (tail & (~0 >> UInt64(8 &* (8 &- (length &- at))))))
    }
    return hash
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  /// The word's number, giving it the next one if it is new; -1 when it is new and there are `limit` words already,
  /// or when so many words fall on one place that looking further would cost too much.
  @inline(__always)
  mutating func code(_ p: UnsafePointer<UInt8>, _ length: Int, hash: UInt64, limit: Int) -> Int32 {
    var slot = Int(truncatingIfNeeded: hash) & (slotCount &- 1)
    var steps = 0
    while true {
      let code = slots[slot]
      if code < 0 { return add(p, length, hash, slot, limit) }
      if hashes[Int(code)] == hash, equals(Int(code), p, length) { return code }
      slot = (slot &+ 1) & (slotCount &- 1)
      steps &+= 1
      if steps > 256 { return -1 }
    }
  }

  @inline(__always)
  private func equals(_ code: Int, _ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let start = code == 0 ? 0 : ends[code &- 1]
    guard ends[code] &- start == length else { return false }
    let q = bytes + start
    for index in 0..<length where q[index] != p[index] { return false }
    return true
  }

  @inline(never)
  private mutating func add(_ p: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ slot: Int, _ limit: Int)
    -> Int32
  {
    if count >= limit { return -1 }
    let start = count == 0 ? 0 : ends[count - 1]
    reserve(words: count + 1, bytes: start + length)
    bytes.advanced(by: start).update(from: p, count: length)
    hashes[count] = hash
    ends[count] = start + length
    slots[slot] = Int32(count)
    count += 1
    if count * 2 > slotCount { rehash() }
    return Int32(count - 1)
  }

  private mutating func reserve(words: Int, bytes needed: Int) {
    if words > wordCapacity {
      let wider = wordCapacity * 2
      hashes = hashes.moved(count, to: wider)
      ends = ends.moved(count, to: wider)
      wordCapacity = wider
    }
    if needed > byteCapacity {
      let wider = max(needed, byteCapacity * 2)
      bytes = bytes.moved(count == 0 ? 0 : ends[count - 1], to: wider)
      byteCapacity = wider
    }
  }

  private mutating func rehash() {
    slots.deallocate()
    slotCount *= 2
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: -1, count: slotCount)
    for code in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & (slotCount - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = Int32(code)
    }
  }
}

extension UnsafeMutablePointer {
  /// The first `count` elements in a new allocation of `capacity`; the old one is given back.
  func moved(_ count: Int, to capacity: Int) -> UnsafeMutablePointer {
    let target = UnsafeMutablePointer.allocate(capacity: capacity)
    target.moveInitialize(from: self, count: count)
    deallocate()
    return target
  }
}
