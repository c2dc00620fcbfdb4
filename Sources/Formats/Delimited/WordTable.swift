/// The distinct words of a text column, numbered in order of first appearance.
///
/// A hash table over raw memory: it is asked once a cell. The owner calls `deallocate`.
struct WordTable {
  /// A word's place: its first eight bytes, which alone tell most words apart, its length and its number; -1 where there is none.
  private struct Slot {
    var head: UInt64
    var length: UInt32
    var code: Int32
  }

  private(set) var count = 0
  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount: Int
  private var hashes: UnsafeMutablePointer<UInt64>
  private var ends: UnsafeMutablePointer<Int>
  private var wordCapacity: Int
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int

  init() {
    slotCount = 256
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(head: 0, length: 0, code: -1), count: slotCount)
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
    if count == 0 { return }
    slots.update(repeating: Slot(head: 0, length: 0, code: -1), count: slotCount)
    count = 0
  }

  /// The bytes of a word; eight bytes before and behind may be read.
  func word(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let start = code == 0 ? 8 : ends[code - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[code] - start)
  }

  func hash(_ code: Int) -> UInt64 { hashes[code] }

  /// The first eight bytes, zeros standing for those past the end; 8 bytes from the start must be readable.
  @inline(__always)
  private static func head(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let word = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self)
    return length >= 8 ? word : word & ~(~0 &<< UInt64(truncatingIfNeeded: 8 &* length))
  }

  /// Eight bytes at a time, with a multiply-and-fold mixer; 8 bytes from the start must be readable.
  @inline(__always)
  static func hash(_ p: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var hash = mix(head(p, length) ^ (UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15))
    if length <= 8 { return hash }
    var at = 8
    while at &+ 8 < length {
      hash = mix(hash ^ UnsafeRawPointer(p + at).loadUnaligned(as: UInt64.self))
      at &+= 8
    }
    // The last eight bytes, some of which may have been there already.
    return mix(hash ^ UnsafeRawPointer(p + (length &- 8)).loadUnaligned(as: UInt64.self))
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
    let head = WordTable.head(p, length)
    var slot = Int(truncatingIfNeeded: hash) & (slotCount &- 1)
    var steps = 0
    while true {
      let found = slots[slot]
      if found.code < 0 { return add(p, length, hash, slot, limit) }
      if found.head == head, found.length == UInt32(truncatingIfNeeded: length),
        length <= 8 || hasRest(Int(found.code), p, length)
      {
        return found.code
      }
      slot = (slot &+ 1) & (slotCount &- 1)
      steps &+= 1
      if steps > 256 { return -1 }
    }
  }

  /// Whether a word of the same length and first eight bytes is the same.
  @inline(__always)
  private func hasRest(_ code: Int, _ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    let q = UnsafeRawPointer(bytes + (code == 0 ? 8 : ends[code &- 1]))
    let p = UnsafeRawPointer(p)
    var at = 8
    while at &+ 8 < length {
      if q.loadUnaligned(fromByteOffset: at, as: UInt64.self) != p.loadUnaligned(fromByteOffset: at, as: UInt64.self) {
        return false
      }
      at &+= 8
    }
    return q.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
      == p.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
  }

  @inline(never)
  private mutating func add(_ p: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ slot: Int, _ limit: Int)
    -> Int32
  {
    if count >= limit { return -1 }
    let start = count == 0 ? 8 : ends[count - 1]
    reserve(words: count + 1, bytes: start + length + 8)
    bytes.advanced(by: start).update(from: p, count: length)
    hashes[count] = hash
    ends[count] = start + length
    slots[slot] = Slot(
      head: WordTable.head(p, length), length: UInt32(truncatingIfNeeded: length), code: Int32(count))
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
    let old = UnsafeBufferPointer(start: slots, count: slotCount)
    slotCount *= 2
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(head: 0, length: 0, code: -1), count: slotCount)
    for one in old where one.code >= 0 {
      var slot = Int(truncatingIfNeeded: hashes[Int(one.code)]) & (slotCount - 1)
      while slots[slot].code >= 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = one
    }
    old.deallocate()
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
