/// How often each 64-bit key occurs, in parts that merge: exactly up to a bound on how many different ones are followed, and with an
/// estimate of their number beyond it.
///
/// Whatever the parts, the outcome is that of all keys: past the bound, which depends on the set of keys alone, the keys followed on
/// are those that were met most often within the first `limit` rows, and the estimate is of a sketch that knows no order. Keys that
/// rise are counted exactly however many they are. Only a tally from the first row on is bounded in size; another has to keep what
/// the rows before it may make frequent.
///
/// Keys that rise are followed as they come. Others are counted in a hash table while most of them repeat and the table stays in a
/// cache; else they wait, and are sorted and merged into those that were counted before, which costs less than asking memory for each.
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

    /// All that was counted so far was within the first rows.
    mutating func endWindow() { state |= UInt64(truncatingIfNeeded: count) }

    mutating func add(_ other: Entry) { self = Entry(key, count: count + other.count, early: early + other.early) }
  }

  private let limit: Int
  private let firstRow: Int
  /// What was counted, in the order of keys; nothing where that is in the table.
  private var entries: [Entry] = []
  private var table: KeyTable?
  /// Keys that are not counted yet, how many may wait, and how many were counted by sorting.
  private var waiting: [UInt64] = []
  /// Memory that sorting and merging use again from batch to batch.
  private var spareKeys: [UInt64] = []
  private var spareEntries: [Entry] = []
  private var mostWaiting = leastBatch
  private var sortedCount = 0
  private var isRising = true
  private var last: UInt64 = 0
  /// Whether the first `limit` rows are over, so that `early` is settled.
  private var isPastWindow: Bool
  private var sketch: DistinctSketch?
  /// What is known of rising keys that are no longer followed.
  private var runs: KeyRuns?

  private static let (leastBatch, mostBatch) = (1 << 16, 1 << 20)

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
    countWaiting()
    isPastWindow = true
    for place in entries.indices { entries[place].endWindow() }
    table?.endWindow()
  }

  // MARK: Adding

  /// Adds keys in the order of their rows. O(keys).
  mutating func add(_ keys: UnsafeBufferPointer<UInt64>) {
    let place = isRising ? addRising(keys) : 0
    if place == keys.count { return }
    let rest = UnsafeBufferPointer(rebasing: keys[place...])
    if sketch == nil { addFollowed(rest) } else { addBeyond(rest) }
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
    if !entries.isEmpty || runs != nil, first <= last { return false }
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
    if entries.count > limit, firstRow == 0 { saturate() }
    return true
  }

  /// Takes the next of rising keys; false where it is less than the last, after which they do not rise.
  private mutating func follow(_ next: Entry) -> Bool {
    if !entries.isEmpty || runs != nil, next.key <= last {
      guard next.key == last else {
        endRising()
        return false
      }
      if runs != nil {
        runs?.extend(next)
      } else {
        entries[entries.count - 1].add(next)
      }
      return true
    }
    last = next.key
    if runs != nil {
      if let closed = runs?.open(next) { addBeyond(closed) }
      return true
    }
    entries.append(next)
    if entries.count > limit, firstRow == 0 { saturate() }
    return true
  }

  private mutating func endRising() {
    guard isRising else { return }
    isRising = false
    if let open = runs?.current { addBeyond(open) }
    runs = nil
  }

  /// Adds keys that are all followed.
  private mutating func addFollowed(_ keys: UnsafeBufferPointer<UInt64>) {
    var place = 0
    if var table = table.take() {
      place = table.add(keys)
      if place == keys.count {
        self.table = table
        return
      }
      entries = table.sorted
    }
    if waiting.capacity == 0 { waiting = KeyScratch.keys() }
    waiting.append(contentsOf: keys[place...])
    if waiting.count >= mostWaiting { countWaiting() }
  }

  private mutating func countWaiting() {
    if waiting.isEmpty { return }
    if spareKeys.capacity == 0 { spareKeys = KeyScratch.keys() }
    if spareEntries.capacity == 0 { spareEntries = KeyScratch.entries() }
    KeySort.sort(&waiting, &spareKeys)
    KeySort.merge(entries, waiting, into: &spareEntries)
    swap(&entries, &spareEntries)
    sortedCount += waiting.count
    waiting.removeAll(keepingCapacity: true)
    let used = entries.count
    if used > limit, firstRow == 0 { return saturate() }
    mostWaiting = max(Self.leastBatch, firstRow == 0 ? min(4 * used, Self.mostBatch) : 4 * used)
    let most = min(KeyTable.most, limit)
    guard used <= most / 2, 2 * used <= sortedCount else { return }
    table = KeyTable(entries, most: most)
    release()
  }

  /// Gives up the memory of what is no longer counted by sorting.
  private mutating func release() {
    KeyScratch.give(&entries)
    giveSpare()
  }

  private mutating func giveSpare() {
    KeyScratch.give(&waiting)
    KeyScratch.give(&spareKeys)
    KeyScratch.give(&spareEntries)
  }

  /// Past the bound: counts a key that is followed, and lets the sketch know one that is not.
  private mutating func addBeyond(_ other: Entry) {
    if table?.addKnown(other) != true { sketch?.add(hash: Self.hash(other.key)) }
  }

  private mutating func addBeyond(_ keys: UnsafeBufferPointer<UInt64>) {
    guard var sketch = sketch.take() else { return }
    sketch.add { table?.addKnown(keys, others: $0) }
    self.sketch = sketch
  }

  /// SplitMix64's finaliser.
  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 {
    var z = key &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From counting to estimating. Only keys that were met most often within the first rows are followed on, so that the table is small
  /// and looking into it costs little.
  private mutating func saturate() {
    var sketch = DistinctSketch()
    sketch.add { add in for entry in entries { add(Self.hash(entry.key)) } }
    self.sketch = sketch
    if isRising { runs = KeyRuns(entries) }
    let least = MostFrequent.least(entries.lazy.map { Int(truncatingIfNeeded: $0.early) }, most: limit >> 7)
    table = KeyTable(entries.filter { $0.early >= least })
    release()
  }

  // MARK: Merging and results

  /// Adds a tally of the rows that come next. O(different keys of both).
  mutating func merge(_ next: KeyTally) {
    countWaiting()
    if next.isPastWindow { endWindow() }
    if !next.isRising { endRising() }
    var rest = next.counted[...]
    while isRising, let first = rest.first, follow(first) { rest.removeFirst() }
    if sketch != nil {
      for entry in rest { addBeyond(entry) }
      return
    }
    if rest.isEmpty { return }
    endRising()
    entries = KeySort.merged(counted, rest)
    table = nil
    giveSpare()
    if entries.count > limit, firstRow == 0 { saturate() }
  }

  /// Counts what waits, so that asking costs little.
  mutating func settle() {
    countWaiting()
    giveSpare()
    guard sketch == nil, let counted = table.take() else { return }
    entries = counted.sorted
  }

  private var settled: KeyTally {
    var tally = self
    tally.settle()
    return tally
  }

  /// What was counted, in the order of keys; past the bound, of those that are followed.
  private var counted: [Entry] {
    let tally = settled
    return tally.table?.sorted ?? tally.entries
  }

  /// Whether keys are no longer all followed. Of a settled tally.
  var isPastLimit: Bool { sketch != nil }

  /// Exact up to `limit` different keys and where they rise.
  var distinct: DistinctCount {
    guard waiting.isEmpty else { return settled.distinct }
    if let runs { return DistinctCount(count: runs.count, isApproximate: false) }
    guard let sketch else { return DistinctCount(count: table?.used ?? entries.count, isApproximate: false) }
    return DistinctCount(count: max(limit + 1, sketch.estimate), isApproximate: true)
  }

  /// The most frequent keys, equally frequent ones in their order; at most `KeyRuns.most` of them.
  func top(_ wanted: Int) -> [(key: UInt64, count: Int)] {
    if let runs { return runs.top(wanted) }
    let entries = counted
    let counts = entries.map(\.count)
    return MostFrequent.places(counts, wanted) { $0 < $1 }.map { (entries[$0].key, counts[$0]) }
  }

  /// Every key with its count, in their order; nil where they are no longer all followed. Of a settled tally.
  var all: [Entry]? { sketch == nil ? entries : nil }
}
