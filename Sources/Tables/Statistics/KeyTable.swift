import CVector

/// Counts of keys, hashed openly by the leading bits, so that the table grows in one sweep.
struct KeyTable: Sendable {
  typealias Entry = KeyTally.Entry

  /// More keys than these are counted by sorting.
  static let most = 1 << 17
  /// Tables of more entries do not stay in a core's own cache, so that an entry is asked for this many keys before it is looked at.
  private static let (cached, ahead) = (1 << 14, 16)

  /// At most half are taken; none is where the state is 0.
  private var slots: [Entry]
  private(set) var used: Int

  private let most: Int

  /// Of different keys; takes new ones until it has `most`.
  init(_ entries: [Entry], most: Int = KeyTable.most) {
    self.most = most
    used = entries.count
    slots = []
    rehash(entries, Self.size(for: used))
  }

  /// What was counted, in the order of keys.
  var sorted: [Entry] { slots.filter { $0.state != 0 }.sorted { $0.key < $1.key } }

  mutating func endWindow() {
    for place in slots.indices where slots[place].state != 0 { slots[place].endWindow() }
  }

  /// Adds keys until one is new that finds no room; gives its place, or the end.
  mutating func add(_ keys: UnsafeBufferPointer<UInt64>) -> Int {
    var place = 0
    while true {
      let (next, found) = Self.add(keys, from: place, to: &slots, room: min(slots.count / 2, most) - used)
      place = next
      used += found
      if place == keys.count || used >= most { return place }
      rehash(slots, slots.count * 4)
    }
  }

  /// Counts a key that is there; false for another.
  mutating func addKnown(_ other: Entry) -> Bool {
    let slot = slot(of: other.key)
    if slots[slot].state == 0 { return false }
    slots[slot].add(other)
    return true
  }

  /// Counts the keys that are there; the hashes of the others go to `others`.
  @inline(__always)
  mutating func addKnown(_ keys: UnsafeBufferPointer<UInt64>, others: (UInt64) -> Void) {
    slots.withUnsafeMutableBufferPointer { slots in
      let shift = UInt64(64 &- slots.count.trailingZeroBitCount)
      let mask = slots.count &- 1
      let last = slots.count > Self.cached ? keys.count &- Self.ahead : 0
      for place in keys.indices {
        if place < last { Self.fetch(slots, KeyTally.hash(keys[place &+ Self.ahead]) &>> shift) }
        let key = keys[place]
        let hash = KeyTally.hash(key)
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while slots[slot].state != 0, slots[slot].key != key { slot = (slot &+ 1) & mask }
        if slots[slot].state != 0 { slots[slot].state &+= Entry.once } else { others(hash) }
      }
    }
  }

  private static func add(
    _ keys: UnsafeBufferPointer<UInt64>, from first: Int, to slots: inout [Entry], room: Int
  ) -> (next: Int, found: Int) {
    slots.withUnsafeMutableBufferPointer { slots in
      let shift = UInt64(64 &- slots.count.trailingZeroBitCount)
      let mask = slots.count &- 1
      var found = 0
      let last = slots.count > cached ? keys.count &- ahead : 0
      for place in first..<keys.count {
        if place < last { fetch(slots, KeyTally.hash(keys[place &+ ahead]) &>> shift) }
        let key = keys[place]
        var slot = Int(truncatingIfNeeded: KeyTally.hash(key) &>> shift)
        while true {
          let state = slots[slot].state
          if state == 0 {
            if found >= room { return (place, found) }
            slots[slot] = Entry(key, count: 1)
            found &+= 1
            break
          }
          if slots[slot].key == key {
            slots[slot].state = state &+ Entry.once
            break
          }
          slot = (slot &+ 1) & mask
        }
      }
      return (keys.count, found)
    }
  }

  @inline(__always)
  private static func fetch(_ slots: UnsafeMutableBufferPointer<Entry>, _ slot: UInt64) {
    if let base = slots.baseAddress { mlp_prefetch(base + Int(truncatingIfNeeded: slot)) }
  }

  private static func size(for count: Int) -> Int {
    var size = 1 << 8
    while size < 2 * count { size *= 2 }
    return size
  }

  /// Where the key stands, or would.
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: KeyTally.hash(key) >> UInt64(64 - slots.count.trailingZeroBitCount))
    while slots[slot].state != 0, slots[slot].key != key { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func rehash(_ old: [Entry], _ size: Int) {
    slots = [Entry](repeating: Entry(), count: size)
    for entry in old where entry.state != 0 { slots[slot(of: entry.key)] = entry }
  }
}
