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
