import Kernels
import Plan
import Tables

extension JoinRun {
  /// All rows of the result, made at once; nil where there is not the memory for them.
  func atOnce(_ own: Table, _ other: Table) throws(EngineError) -> Collected? {
    let (matches, tally) = try found(own, other)
    let unmatched = join.kind.keepsOthers ? tally.unmatchedOthers : Room<Int32>(0)
    let count = matches.resultCount(join.kind) + unmatched.count
    try require(rows: count)
    guard join.bounds.batchRows == nil, fits(rows: count, own) else { return nil }
    try checkpoint(0.5, "putting rows together")
    let pairs = matches.pairs(join.kind)
    let table = try table(pairs, then: .list(unmatched, 0..<unmatched.count), own, other)
    return Collected(table: table, notes: [note(tally, rows: table.rowCount, missingOwn(own), missingOther(other))])
  }

  /// Which rows match, and what that says of the other table. Of two tables the smaller one is looked up in.
  private func found(_ own: Table, _ other: Table) throws(EngineError) -> (Matches, MatchTally) {
    try checkpoint(0, "looking up keys")
    let isSmaller = join.bounds.prefersSmaller && own.rowCount < other.rowCount / 2
    if isSmaller, !join.expectation.hasUniqueOthers,
      let matches = try OtherSide.matches(own, inSmaller: other, join, forms, progress), let groups = matches.groups
    {
      var tally = MatchTally(otherCount: other.rowCount, foundCount: groups.count, groups: groups)
      tally.add(matches)
      return (matches, tally)
    }
    let side = try OtherSide(other, join, forms, progress)
    try requireUniqueOthers(side.repeatedCount)
    let matches = try side.matches(own, progress)
    var tally = side.tally
    tally.add(matches)
    return (matches, tally)
  }

  /// Whether there is the memory for so many rows; columns that are taken as they are need none.
  private func fits(rows count: Int, _ own: Table) -> Bool {
    let isWhole = count == own.rowCount && join.kind != .inner && join.kind != .right
    let size = columns.reduce(8) { sum, column in
      if isWhole, case .own = column.source { return sum }
      return sum + (type(of: column)?.cellSize ?? 8)
    }
    do throws(OutOfMemory) {
      try Memory.require(count * size)
      return true
    } catch {
      return false
    }
  }

  // MARK: What there is to say

  /// How many rows of a table have a key missing.
  func missingOwn(_ table: Table) -> Int {
    Self.missing(table, join.keys.map(\.own) + (join.nearest.map { [$0.own] } ?? []))
  }

  func missingOther(_ table: Table) -> Int {
    Self.missing(table, join.keys.map(\.other) + (join.nearest.map { [$0.other] } ?? []))
  }

  private static func missing(_ table: Table, _ names: [String]) -> Int {
    let gaps = names.compactMap { table[$0]?.validity }
    guard var all = gaps.first?.words else { return 0 }
    for gap in gaps.dropFirst() { all = zip(all, gap.words).map { $0 & $1 } }
    return table.rowCount - all.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  func note(_ tally: MatchTally, rows: Int, _ missingOwn: Int, _ missingOther: Int) -> StageNote {
    note(JoinSums(tally), rows: rows, missingOwn, missingOther)
  }

  func note(_ sums: JoinSums, rows: Int, _ missingOwn: Int, _ missingOther: Int) -> StageNote {
    let counts = JoinCounts(
      other: join.other.name, own: .init(rows: sums.rows, matched: sums.matched, missing: missingOwn),
      others: join.nearest == nil
        ? .init(rows: others.rowCount, matched: sums.matchedOthers, missing: missingOther) : nil,
      repeatedKeys: join.kind.onlyChooses ? 0 : sums.repeatedKeys, pairs: sums.pairs, rows: rows)
    return StageNote(step: join.words, .joined(counts))
  }
}

/// What matched, of one part of the tables or of several.
struct JoinSums {
  private(set) var rows = 0
  private(set) var matched = 0
  private(set) var pairs = 0
  private(set) var matchedOthers = 0
  private(set) var repeatedKeys = 0

  init() {}

  init(_ tally: MatchTally) { add(tally) }

  mutating func add(_ tally: MatchTally) {
    rows += tally.rows
    matched += tally.matched
    pairs += tally.pairs
    matchedOthers += tally.matchedOthers
    repeatedKeys += tally.repeatedKeys
  }
}
