import Glibc

/// Words by their bytes, each with its place in the order in which they came: a hash table that is asked without making a String.
///
/// Words are told apart by bytes, not by canonical equivalence, as in every exported format. What every other part of the program
/// codes, counts and looks texts up with.
public struct WordTable: Sendable {
  /// A word's place with part of its hash, so that a word that is not there is seldom compared with one that is.
  private struct Slot {
    var hash: UInt32 = 0
    var place: Int32 = -1
  }

  /// The bytes of all words, one after the other; word `i` is `bytes[starts[i]..<starts[i + 1]]`.
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]
  /// A power of two, at most half of which is taken.
  private var slots: [Slot]

  public init() { slots = [Slot](repeating: Slot(), count: 8) }

  /// A place for every word of a list; of equal words the first is found. O(bytes of the words).
  public init(_ list: [String]) {
    var size = 8
    while size < 2 * list.count { size *= 2 }
    slots = [Slot](repeating: Slot(), count: size)
    starts.reserveCapacity(list.count + 1)
    for var word in list { word.withUTF8 { _ = append($0, hash: Self.hash($0)) } }
  }

  /// How many words there are.
  public var count: Int { starts.count - 1 }

  /// The bytes of the word at a place.
  public func word(_ place: Int) -> ArraySlice<UInt8> { bytes[starts[place]..<starts[place + 1]] }

  /// The word at a place.
  public func text(_ place: Int) -> String { String(decoding: word(place), as: UTF8.self) }

  /// The place of the word; nil if it is not there. No allocation.
  public func place(of word: UnsafeBufferPointer<UInt8>) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      slots.withUnsafeBufferPointer { slots in
        starts.withUnsafeBufferPointer { starts in
          let place = Self.find(word, Self.hash(word), slots, starts, bytes)
          return place < 0 ? nil : place
        }
      }
    }
  }

  /// Writes the place of the word of each of some rows to `places`, -1 where it is not there; `offsets` are those of the rows in
  /// `text`, one more than there are rows. All hashes first, then all places, then all comparisons, so that rows wait for memory
  /// together.
  func find(
    _ text: UnsafeBufferPointer<UInt8>, _ offsets: UnsafeBufferPointer<Int>, into places: UnsafeMutablePointer<Int32>
  ) {
    let rows = max(0, offsets.count - 1)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows) { parts in
      slots.withUnsafeBufferPointer { slots in
        let mask = UInt32(truncatingIfNeeded: slots.count &- 1)
        for row in 0..<rows {
          parts[row] = Self.part(Self.hash(UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row &+ 1]])))
        }
        for row in 0..<rows { places[row] = Self.candidate(parts[row], mask, slots) }
      }
    }
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        for row in 0..<rows where places[row] >= 0 {
          let place = Int(places[row])
          let word = UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row &+ 1]])
          if !Self.equal(UnsafeBufferPointer(rebasing: bytes[starts[place]..<starts[place &+ 1]]), word) {
            // Two words of one hash: the second is looked for in full.
            places[row] = Int32(truncatingIfNeeded: self.place(of: word) ?? -1)
          }
        }
      }
    }
  }

  /// The place of the first word with this part of a hash; -1 if there is none.
  @inline(__always)
  private static func candidate(_ part: UInt32, _ mask: UInt32, _ slots: UnsafeBufferPointer<Slot>) -> Int32 {
    var slot = part & mask
    while slots[Int(slot)].place >= 0, slots[Int(slot)].hash != part { slot = (slot &+ 1) & mask }
    return slots[Int(slot)].place
  }

  /// Whether the bytes are the same; short ones without a call.
  @inline(__always)
  private static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    guard let left = a.baseAddress, let right = b.baseAddress else { return true }
    let (x, y) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
    if a.count >= 8, a.count <= 16 {
      let end = a.count &- 8
      return x.loadUnaligned(as: UInt64.self) == y.loadUnaligned(as: UInt64.self)
        && x.loadUnaligned(fromByteOffset: end, as: UInt64.self)
          == y.loadUnaligned(fromByteOffset: end, as: UInt64.self)
    }
    if a.count > 16 { return memcmp(x, y, a.count) == 0 }
    for place in 0..<a.count where left[place] != right[place] { return false }
    return true
  }

  /// The place of the word, which is new where that is the number of words before.
  public mutating func code(_ word: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = Self.hash(word)
    let known = bytes.withUnsafeBufferPointer { bytes in
      slots.withUnsafeBufferPointer { slots in
        starts.withUnsafeBufferPointer { starts in Self.find(word, hash, slots, starts, bytes) }
      }
    }
    return known < 0 ? append(word, hash: hash) : known
  }

  /// Puts a word at the end; it is found there unless it is in the table already.
  @discardableResult
  mutating func append(_ word: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let place = count
    bytes.append(contentsOf: word)
    starts.append(bytes.count)
    if 2 * place >= slots.count { grow() }
    let part = Self.part(hash)
    var slot = Int(part) & (slots.count - 1)
    while slots[slot].place >= 0 {
      if slots[slot].hash == part, self.word(Int(slots[slot].place)).elementsEqual(word) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Slot(hash: part, place: Int32(clamping: place))
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 4)
    for entry in old where entry.place >= 0 {
      var slot = Int(entry.hash) & (slots.count - 1)
      while slots[slot].place >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  @inline(__always)
  private static func find(
    _ word: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slots: UnsafeBufferPointer<Slot>,
    _ starts: UnsafeBufferPointer<Int>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let part = part(hash)
    var slot = Int(part) & (slots.count &- 1)
    while slots[slot].place >= 0 {
      let place = Int(slots[slot].place)
      if slots[slot].hash == part,
        equal(UnsafeBufferPointer(rebasing: bytes[starts[place]..<starts[place &+ 1]]), word)
      {
        return place
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    return -1
  }

  private static func part(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash ^ hash >> 32) }

  /// Eight bytes at a time, folded by a wide multiplication.
  @inline(__always)
  static func hash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: word.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = word.baseAddress else { return KeyTally.hash(hash) }
    let raw = UnsafeRawPointer(base)
    var at = 0
    while at &+ 8 <= word.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    if at < word.count {
      var tail: UInt64 = 0
      while at < word.count {
        tail = tail &<< 8 | UInt64(base[at])
        at &+= 1
      }
      hash = mix(hash ^ tail)
    }
    return KeyTally.hash(hash)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
