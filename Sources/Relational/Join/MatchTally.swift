import Kernels

/// Which rows of the other table have a match among rows that come one part after the other.
struct MatchTally {
  private let groups: RowGroups?
  /// For each row, or each group where there are groups, whether it was found; then a place for what was not.
  private let isFound: Room<Bool>
  private let foundCount: Int
  private let otherCount: Int
  private(set) var rows = 0
  private(set) var matched = 0
  private(set) var pairs = 0

  /// `foundCount` is above all that is found.
  init(otherCount: Int, foundCount: Int, groups: RowGroups?) {
    self.otherCount = otherCount
    self.groups = groups
    self.foundCount = foundCount
    isFound = Room(foundCount + 1, repeating: false)
  }

  /// O(rows).
  mutating func add(_ matches: Matches) {
    rows += matches.rowCount
    matched += matches.matchedCount
    pairs += matches.pairCount
    let (count, threads) = (foundCount, Threads.count)
    guard matches.rowCount > Self.many, threads > 1, count < matches.rowCount else {
      return Self.mark(isFound, matches.found, 0..<matches.rowCount)
    }
    // Each thread has marks of its own, which are then put together.
    let size = (matches.rowCount + threads - 1) / threads
    let marks = parallelMap(threads) { place in
      let own = Room<Bool>(count + 1, repeating: false)
      let end = min(matches.rowCount, (place + 1) * size)
      Self.mark(own, matches.found, min(end, place * size)..<end)
      return own
    }
    for own in marks {
      for place in 0..<count where own.base[place] { isFound.base[place] = true }
    }
  }

  /// Fewer rows are not worth the marks.
  private static let many = 1 << 18

  private static func mark(_ isFound: Room<Bool>, _ found: Room<Int32>, _ rows: Range<Int>) {
    let none = Int32(truncatingIfNeeded: isFound.count - 1)
    for row in rows {
      let match = found.base[row]
      isFound.base[Int(match < 0 ? none : match)] = true
    }
  }

  /// How many rows of the other table have a match.
  var matchedOthers: Int {
    (0..<foundCount).reduce(0) { $0 + (isFound.base[$1] ? groups?.size(of: $1) ?? 1 : 0) }
  }

  /// How many keys that were found stand in several rows of the other table.
  var repeatedKeys: Int {
    guard let groups else { return 0 }
    return (0..<foundCount).reduce(0) { $0 + (isFound.base[$1] && groups.size(of: $1) > 1 ? 1 : 0) }
  }

  /// The rows of the other table that have no match, in their order.
  var unmatchedOthers: Room<Int32> {
    let isMatched = Room<Bool>(otherCount, repeating: false)
    var left = otherCount
    func note(_ row: Int) {
      isMatched.base[row] = true
      left -= 1
    }
    for place in 0..<foundCount where isFound.base[place] {
      if let groups { groups.rows(of: place).forEach { note(Int($0)) } } else { note(place) }
    }
    let rows = Room<Int32>(left)
    var next = 0
    for row in 0..<otherCount where !isMatched.base[row] {
      rows.base[next] = Int32(truncatingIfNeeded: row)
      next += 1
    }
    return rows
  }
}
