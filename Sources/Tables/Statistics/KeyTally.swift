import CVector

/// How often each 64-bit key occurs, in parts that merge: exactly up to a bound on how many different ones are followed, and with an
/// estimate of their number beyond it.
///
/// Whatever the parts, the outcome is that of all keys: past the bound, which depends on the set of keys alone, the keys followed on
/// are those that were met most often within the first `limit` rows, and the estimate is of a sketch that knows no order. Keys that
/// rise are counted exactly however many they are. Only a tally from the first row on is bounded in size; another has to keep what
/// the rows before it may make frequent.
struct KeyTally: Sendable {
  /// A key, how often it was met, and how often within the first rows: `count << 22 | early`; none where that is 0.
  struct Entry: Sendable {
    static let once: UInt64 = 1 << 22

    var key: UInt64 = 0
    var state: UInt64 = 0

    init(_ key: UInt64 = 0, count: Int = 0, early: UInt64 = 0) {
      self.key = key
      state = UInt64(truncatingIfNeeded: count) << 22 | early
    }

    var count: Int { Int(truncatingIfNeeded: state >> 22) }
    var early: UInt64 { state & 0x3F_FFFF }
  }

  private let limit: Int
  private let firstRow: Int
  /// In the order of keys while these rise; else a table hashed openly, by the leading bits, so that it grows in one sweep.
  private var entries: [Entry] = []
  private var used = 0
  private var isRising = true
  private var last: UInt64 = 0
  /// Whether the first `limit` rows are over, so that `early` is settled.
  private var isPastWindow: Bool
  private var sketch: DistinctSketch?
  /// What is known of rising keys that are no longer followed.
  private var runs: KeyRuns?

  init(firstRow: Int = 0, limit: Int = ValueCounts.limit) {
    self.limit = limit
    self.firstRow = firstRow
    isPastWindow = firstRow >= limit
  }

  /// The row at which `reach` has to be called.
  var windowEnd: Int { isPastWindow ? .max : limit }

  /// Says that all rows before `row` were added.
  mutating func reach(row: Int) { if row >= limit { endWindow() } }

  private mutating func endWindow() {
    guard !isPastWindow else { return }
    isPastWindow = true
    for place in entries.indices where entries[place].state != 0 {
      entries[place].state |= UInt64(truncatingIfNeeded: entries[place].count)
    }
  }

  // MARK: Adding

  /// Adds keys in the order of their rows. O(keys).
  mutating func add(_ keys: UnsafeBufferPointer<UInt64>) {
    var place = 0
    if isRising { place = addRising(keys) }
    if place < keys.count, sketch == nil { place = addFollowed(keys, from: place) }
    if place < keys.count { addBeyond(UnsafeBufferPointer(rebasing: keys[place...])) }
  }

  /// Adds keys as long as they rise and gives the place of the first that does not.
  private mutating func addRising(_ keys: UnsafeBufferPointer<UInt64>) -> Int {
    if addDistinct(keys) { return keys.count }
    var place = 0
    while place < keys.count {
      let key = keys[place]
      var end = place &+ 1
      while end < keys.count, keys[end] == key { end &+= 1 }
      guard follow(Entry(key, count: end &- place)) else { return place }
      place = end
    }
    return place
  }

  /// Adds keys each of which is above the one before it, as ids and times mostly are; false where they are not such.
  private mutating func addDistinct(_ keys: UnsafeBufferPointer<UInt64>) -> Bool {
    guard let first = keys.first, let end = keys.last else { return true }
    if used > 0 || runs != nil, first <= last { return false }
    var isRising = true
    for place in 1..<keys.count where keys[place] <= keys[place &- 1] { isRising = false }
    guard isRising else { return false }
    last = end
    if let closed = runs?.open(keys) {
      addBeyond(closed)
      addBeyond(UnsafeBufferPointer(rebasing: keys.dropLast()))
      return true
    }
    entries.reserveCapacity(max(entries.count + keys.count, min(2 * entries.count, limit + keys.count)))
    for key in keys { entries.append(Entry(key, count: 1)) }
    used += keys.count
    if used > limit, firstRow == 0 { saturate() }
    return true
  }

  /// Takes the next of rising keys; false where it is less than the last, after which they do not rise.
  private mutating func follow(_ next: Entry) -> Bool {
    if used > 0 || runs != nil, next.key <= last {
      guard next.key == last else {
        endRising()
        return false
      }
      if runs != nil {
        runs?.extend(next)
      } else {
        Self.add(next, to: &entries[entries.count - 1])
      }
      return true
    }
    last = next.key
    if runs != nil {
      if let closed = runs?.open(next) { addBeyond(closed) }
      return true
    }
    entries.append(next)
    used += 1
    if used > limit, firstRow == 0 { saturate() }
    return true
  }

  private mutating func endRising() {
    guard isRising else { return }
    isRising = false
    if let open = runs?.current { addBeyond(open) }
    runs = nil
    if sketch == nil { rehash(entries, slots: Self.slots(for: used)) }
  }

  /// Adds keys to the table until it is full, and gives the place of the first that found no room.
  private mutating func addFollowed(_ keys: UnsafeBufferPointer<UInt64>, from first: Int) -> Int {
    var place = first
    while place < keys.count {
      let room = min(entries.count / 2, firstRow == 0 ? limit : .max) - used
      let (next, found) = Self.add(keys, from: place, to: &entries, room: room)
      place = next
      used += found
      if place == keys.count { break }
      if firstRow == 0, used >= limit {
        // One more than is followed.
        saturate(with: Entry(keys[place], count: 1))
        return place + 1
      }
      grow()
    }
    return place
  }

  /// Tables of more entries do not stay in a core's own cache, so that an entry is asked for this many keys before it is looked at.
  private static let (cached, ahead) = (1 << 14, 16)

  @inline(__always)
  private static func fetch(_ entries: UnsafeMutableBufferPointer<Entry>, _ slot: UInt64) {
    if let base = entries.baseAddress { mlp_prefetch(base + Int(truncatingIfNeeded: slot)) }
  }

  /// Adds keys to the table until one is new that finds no room; gives its place, or the end, and how many were new.
  private static func add(
    _ keys: UnsafeBufferPointer<UInt64>, from first: Int, to entries: inout [Entry], room: Int
  ) -> (next: Int, found: Int) {
    entries.withUnsafeMutableBufferPointer { entries in
      let shift = UInt64(64 &- entries.count.trailingZeroBitCount)
      let mask = entries.count &- 1
      var found = 0
      let last = entries.count > cached ? keys.count &- ahead : 0
      for place in first..<keys.count {
        if place < last { fetch(entries, hash(keys[place &+ ahead]) &>> shift) }
        let key = keys[place]
        var slot = Int(truncatingIfNeeded: hash(key) &>> shift)
        while true {
          let state = entries[slot].state
          if state == 0 {
            if found == room { return (place, found) }
            entries[slot] = Entry(key, count: 1)
            found &+= 1
            break
          }
          if entries[slot].key == key {
            entries[slot].state = state &+ Entry.once
            break
          }
          slot = (slot &+ 1) & mask
        }
      }
      return (keys.count, found)
    }
  }

  /// Adds what was counted of one key.
  private mutating func add(_ other: Entry) {
    if isRising, follow(other) { return }
    guard sketch == nil else {
      addBeyond(other)
      return
    }
    let slot = slot(of: other.key)
    if entries[slot].state != 0 {
      Self.add(other, to: &entries[slot])
      return
    }
    if firstRow == 0, used >= limit {
      saturate(with: other)
      return
    }
    entries[slot] = other
    used += 1
    if used * 2 > entries.count { grow() }
  }

  private static func add(_ other: Entry, to entry: inout Entry) {
    entry = Entry(entry.key, count: entry.count + other.count, early: entry.early + other.early)
  }

  /// Past the bound: counts a key that is followed, and lets the sketch know one that is not.
  private mutating func addBeyond(_ other: Entry) {
    let slot = slot(of: other.key)
    if entries[slot].state != 0 { Self.add(other, to: &entries[slot]) } else { sketch?.add(hash: Self.hash(other.key)) }
  }

  private mutating func addBeyond(_ keys: UnsafeBufferPointer<UInt64>) {
    guard var sketch = sketch.take() else { return }
    sketch.add { add in
      entries.withUnsafeMutableBufferPointer { entries in
        let shift = UInt64(64 &- entries.count.trailingZeroBitCount)
        let mask = entries.count &- 1
        let last = entries.count > Self.cached ? keys.count &- Self.ahead : 0
        for place in keys.indices {
          if place < last { Self.fetch(entries, Self.hash(keys[place &+ Self.ahead]) &>> shift) }
          let key = keys[place]
          let hash = Self.hash(key)
          var slot = Int(truncatingIfNeeded: hash &>> shift)
          while entries[slot].state != 0, entries[slot].key != key { slot = (slot &+ 1) & mask }
          if entries[slot].state != 0 { entries[slot].state &+= Entry.once } else { add(hash) }
        }
      }
    }
    self.sketch = sketch
  }

  // MARK: The table

  /// SplitMix64's finaliser.
  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 {
    var z = key &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func slots(for count: Int) -> Int {
    var slots = 1 << 8
    while slots < 2 * count { slots *= 2 }
    return slots
  }

  /// Where the key stands, or would.
  private func slot(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(key) >> UInt64(64 - entries.count.trailingZeroBitCount))
    while entries[slot].state != 0, entries[slot].key != key { slot = (slot + 1) & (entries.count - 1) }
    return slot
  }

  private mutating func grow() {
    rehash(entries, slots: entries.count * 4 <= limit ? entries.count * 4 : entries.count * 2)
  }

  private mutating func rehash(_ old: [Entry], slots: Int) {
    entries = [Entry](repeating: Entry(), count: slots)
    for entry in old where entry.state != 0 { entries[slot(of: entry.key)] = entry }
  }

  /// From counting to estimating. Only keys that were met most often within the first rows are followed on, so that the table is small
  /// and looking into it costs little.
  private mutating func saturate(with next: Entry? = nil) {
    var sketch = DistinctSketch()
    for entry in entries where entry.state != 0 { sketch.add(hash: Self.hash(entry.key)) }
    self.sketch = sketch
    if isRising { runs = KeyRuns(entries) }
    let least = MostFrequent.least(entries.lazy.map { Int(truncatingIfNeeded: $0.early) }, most: limit >> 7)
    let kept = entries.filter { $0.early >= least }
    used = kept.count
    rehash(kept, slots: Self.slots(for: used))
    if let next { addBeyond(next) }
  }

  // MARK: Merging and results

  /// Adds a tally of the rows that come next. O(different keys of `next`).
  mutating func merge(_ next: KeyTally) {
    if next.isPastWindow { endWindow() }
    if !next.isRising { endRising() }
    for entry in next.entries where entry.state != 0 { add(entry) }
  }

  /// Exact up to `limit` different keys and where they rise.
  var distinct: DistinctCount {
    if let runs { return DistinctCount(count: runs.count, isApproximate: false) }
    guard let sketch else { return DistinctCount(count: used, isApproximate: false) }
    return DistinctCount(count: max(limit + 1, sketch.estimate), isApproximate: true)
  }

  /// The most frequent keys, equally frequent ones in their order; at most `KeyRuns.most` of them.
  func top(_ wanted: Int) -> [(key: UInt64, count: Int)] {
    if let runs { return runs.top(wanted) }
    let entries = entries.filter { $0.state != 0 }
    let counts = entries.map(\.count)
    return MostFrequent.places(counts, wanted) { entries[$0].key < entries[$1].key }.map {
      (entries[$0].key, counts[$0])
    }
  }

  /// Every key with its count, in no order; nil where they are no longer all followed.
  var all: [(key: UInt64, count: Int)]? {
    sketch == nil ? entries.compactMap { $0.state == 0 ? nil : ($0.key, $0.count) } : nil
  }
}

/// Runs of equal keys among rising ones: how many there are, and the longest.
struct KeyRuns: Sendable {
  /// How many of the longest are known.
  static let most = 100

  private(set) var count: Int
  private(set) var current: KeyTally.Entry
  private var longest: [KeyTally.Entry] = []

  /// Of the keys so far, of which there is one at least.
  init?(_ entries: [KeyTally.Entry]) {
    guard let last = entries.last else { return nil }
    count = entries.count
    current = last
    for entry in entries.dropLast() { Self.insert(entry, into: &longest) }
  }

  mutating func extend(_ more: KeyTally.Entry) {
    current = KeyTally.Entry(current.key, count: current.count + more.count, early: current.early + more.early)
  }

  /// Begins a run and gives the one that it ends.
  mutating func open(_ next: KeyTally.Entry) -> KeyTally.Entry {
    let closed = current
    Self.insert(closed, into: &longest)
    current = next
    count += 1
    return closed
  }

  /// Begins a run with each of rising keys, one at least; gives the run that the first of them ends.
  mutating func open(_ keys: UnsafeBufferPointer<UInt64>) -> KeyTally.Entry {
    let closed = current
    Self.insert(closed, into: &longest)
    for key in keys.dropLast() {
      if longest.count == Self.most { break }
      Self.insert(KeyTally.Entry(key, count: 1), into: &longest)
    }
    current = KeyTally.Entry(keys.last ?? 0, count: 1)
    count += keys.count
    return closed
  }

  private static func insert(_ run: KeyTally.Entry, into longest: inout [KeyTally.Entry]) {
    if longest.count == most, let last = longest.last, run.count <= last.count { return }
    let at = longest.firstIndex { $0.count < run.count } ?? longest.count
    longest.insert(run, at: at)
    if longest.count > most { longest.removeLast() }
  }

  func top(_ wanted: Int) -> [(key: UInt64, count: Int)] {
    var all = longest
    Self.insert(current, into: &all)
    return all.prefix(wanted).map { ($0.key, $0.count) }
  }
}
