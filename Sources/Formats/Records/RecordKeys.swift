/// The keys of records as a tree: a key inside the record at another key is its child, and `a.b` as a column.
///
/// A key is found by its name, or by its bytes where these are the name itself: first at the place where the last record had it, for
/// records mostly have their keys in the same order. One thread works on the keys at a time.
final class RecordKeys {
  /// The key that stands for the record itself.
  static let root = 0
  static let none = 0

  /// What the reading of bytes needs to know of a key.
  struct Key {
    /// The first bytes of the name and the quote behind it, at most eight, and which of the eight they are.
    var head: UInt64 = 0
    var mask: UInt64 = .max
    /// Where its name stands among those of all, and how long it is with the quote.
    var start = 0
    var length = 0
    var parent = 0
    /// The column that the key is read into; -1 for a key that is passed over.
    var column = -1
    /// The key that came after it in the last record, and the first of those inside it.
    var next = RecordKeys.none
    var first = RecordKeys.none
    /// The record that it was last seen in, to tell a key that stands twice, and the block in which it was told of as passed over.
    var record = 0
    var toldIn = 0
  }

  private(set) var keys: UnsafeMutablePointer<Key>
  private(set) var count = 0
  private var capacity = 64
  /// The names one after the other, each with its quote, and eight bytes that may be read behind the last.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var byteCount = 0
  private var byteCapacity = 1024
  /// Keys by the hash of parent and bytes.
  private var slots: [Int32]
  private var names: [String] = []
  private var children: [[String: Int]] = []

  init() {
    keys = .allocate(capacity: capacity)
    bytes = .allocate(capacity: byteCapacity)
    slots = [Int32](repeating: 0, count: 128)
    append(Key(), "")
  }

  /// The same keys as elsewhere, each leading to its column.
  convenience init(_ known: [KnownKey]) {
    self.init()
    for one in known {
      // Asked for first: a new key may move the others to where there is room.
      let key = child(of: one.parent, one.name)
      keys[key].column = one.column ?? -1
    }
  }

  deinit {
    keys.deallocate()
    bytes.deallocate()
  }

  func name(_ key: Int) -> String { names[key] }

  /// The column's name: the keys from the root, joined by points.
  func path(_ key: Int) -> String { way(to: key).map { names[$0] }.joined(separator: ".") }

  /// The same for a message: of long names the beginning.
  func shownPath(_ key: Int) -> String {
    way(to: key).map { key in
      let name = names[key].prefix(Self.mostShown)
      return name.utf8.count < names[key].utf8.count ? name + "…" : String(name)
    }.joined(separator: ".")
  }

  private static let mostShown = 64

  private func way(to key: Int) -> [Int] {
    var way: [Int] = []
    var at = key
    while at != Self.root {
      way.append(at)
      at = keys[at].parent
    }
    return way.reversed()
  }

  /// How many bytes the column's name has.
  func pathLength(_ key: Int) -> Int { way(to: key).reduce(-1) { $0 + 1 + names[$1].utf8.count } }

  func isNested(_ key: Int) -> Bool { keys[key].parent != Self.root }
  func hasChildren(_ key: Int) -> Bool { !children[key].isEmpty }

  /// The key of a name below another, made where it is new.
  func child(of parent: Int, _ name: String) -> Int {
    if let known = children[parent][name] { return known }
    let key = count
    children[parent][name] = key
    var new = Key()
    new.parent = parent
    let isPlain = keepBytes(of: name, &new)
    append(new, name)
    if isPlain { insert(key) }
    return key
  }

  /// Gives up the keys from a number on.
  func drop(from number: Int) {
    guard number < count else { return }
    for parent in Set((number..<count).map { keys[$0].parent }) where parent < number {
      children[parent] = children[parent].filter { $0.value < number }
    }
    byteCount = 0
    for key in 0..<number {
      if keys[key].next >= number { keys[key].next = Self.none }
      if keys[key].first >= number { keys[key].first = Self.none }
      byteCount = max(byteCount, keys[key].start + keys[key].length)
    }
    count = number
    names.removeLast(names.count - number)
    children.removeLast(children.count - number)
    fillSlots(slots.count)
  }

  // MARK: By bytes

  /// Whether the bytes from `p` on are the key's name and a quote; as many bytes and eight more must be readable.
  @inline(__always)
  static func matches(
    _ key: UnsafeMutablePointer<Key>, _ p: UnsafePointer<UInt8>, _ names: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    let head = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self)
    if (head ^ key.pointee.head) & key.pointee.mask != 0 { return false }
    return key.pointee.length <= 8 || hasRest(p, names + key.pointee.start, key.pointee.length)
  }

  /// Looks no further than to the first eight bytes that differ: what is behind them may not be readable.
  private static func hasRest(_ p: UnsafePointer<UInt8>, _ name: UnsafeMutablePointer<UInt8>, _ length: Int) -> Bool {
    let (p, name) = (UnsafeRawPointer(p), UnsafeRawPointer(name))
    var at = 8
    while at < length {
      let place = min(at, length - 8)
      let (one, other) = (
        p.loadUnaligned(fromByteOffset: place, as: UInt64.self),
        name.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      )
      if one != other { return false }
      at += 8
    }
    return true
  }

  /// So many places are looked at for a key: names that are made to fall on one place are left to the search by name.
  private static let mostSteps = 64

  /// The key below another whose name and quote are the `length` bytes from `p` on; `none` where none is found.
  func find(_ parent: Int, _ p: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var slot = Self.hash(parent, p, length) & (slots.count - 1)
    for _ in 0..<Self.mostSteps {
      let key = Int(slots[slot])
      if key == Self.none { return key }
      if keys[key].parent == parent, keys[key].length == length, Self.matches(keys + key, p, bytes) { return key }
      slot = (slot + 1) & (slots.count - 1)
    }
    return Self.none
  }

  private static func hash(_ parent: Int, _ p: UnsafePointer<UInt8>, _ length: Int) -> Int {
    let spread = UInt64(truncatingIfNeeded: parent) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: WordTable.hash(p, length) ^ (spread >> 20))
  }

  /// Puts the name of a key among the others; false, and it is never found by bytes, where JSON does not write it as it is.
  private func keepBytes(of name: String, _ key: inout Key) -> Bool {
    if name.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) { return false }
    let length = name.utf8.count + 1
    reserve(length)
    key.start = byteCount
    key.length = length
    for byte in name.utf8 {
      bytes[byteCount] = byte
      byteCount += 1
    }
    bytes[byteCount] = UInt8(ascii: "\"")
    byteCount += 1
    key.mask = length >= 8 ? .max : (1 << UInt64(8 * length)) - 1
    key.head = UnsafeRawPointer(bytes + key.start).loadUnaligned(as: UInt64.self) & key.mask
    return true
  }

  private func insert(_ key: Int) {
    if 2 * count > slots.count { return fillSlots(2 * slots.count) }
    var slot = Self.hash(keys[key].parent, bytes + keys[key].start, keys[key].length) & (slots.count - 1)
    for _ in 0..<Self.mostSteps {
      if slots[slot] == 0 {
        slots[slot] = Int32(truncatingIfNeeded: key)
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private func fillSlots(_ size: Int) {
    slots = [Int32](repeating: 0, count: size)
    for key in 0..<count where keys[key].length > 0 { insert(key) }
  }

  private func append(_ key: Key, _ name: String) {
    if count == capacity {
      keys = keys.moved(count, to: 2 * capacity)
      capacity *= 2
    }
    (keys + count).initialize(to: key)
    count += 1
    names.append(name)
    children.append([:])
  }

  private func reserve(_ added: Int) {
    guard byteCount + added + 8 > byteCapacity else { return }
    let wider = max(byteCount + added + 8, 2 * byteCapacity)
    bytes = bytes.moved(byteCount, to: wider)
    byteCapacity = wider
  }
}

/// A key as a survey found it; it comes after its parent.
struct KnownKey: Sendable {
  let name: String
  /// Its number, 0 being the record itself; a key's number is one more than its place in the list.
  let parent: Int
  let column: Int?
}
