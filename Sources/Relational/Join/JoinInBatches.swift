import Kernels
import Plan
import Tables

extension JoinRun {
  /// The rows of the result made a part at a time, where the table at hand or the result is not all in memory.
  func streamed(_ side: OtherSide) throws(EngineError) -> Collected {
    if side.multiplies { try require(rows: try resultCount(side)) }
    var tally = side.tally
    var (missing, passed) = (0, 0)
    var rows = 0
    let collected = try executor.collect(progress) { keep throws(EngineError) in
      var none: Table?
      try own.fold(ownNames, progress) { chunk throws(EngineError) in
        try checkpoint(Double(passed) / Double(max(1, own.rowCount)), "joining rows")
        passed += chunk.rowCount
        let matches = try side.matches(chunk, progress)
        tally.add(matches)
        missing += missingOwn(chunk)
        rows += try give(matches, chunk, side.table, keep)
        if none == nil, rows == 0 { none = try table(.none(besides: join.kind), chunk, side.table) }
        return true
      }
      rows += try giveUnmatched(tally, side.table, keep)
      if rows == 0, let none { try keep(none) }
    }
    return Collected(
      rows: collected, notes: [note(tally, rows: rows, missing, missingOther(side.table))])
  }

  /// How many rows come of it, from the keys alone.
  private func resultCount(_ side: OtherSide) throws(EngineError) -> Int {
    var count = 0
    let keys = Set(join.keys.map(\.own))
    try own.fold(keys, progress) { chunk throws(EngineError) in
      count += try side.matches(chunk, progress).resultCount(join.kind)
      return true
    }
    return count
  }

  /// Gives the rows that come of a chunk, and says how many.
  func give(
    _ matches: Matches, _ chunk: Table, _ other: Table, _ keep: (Table) throws(EngineError) -> Void
  ) throws(EngineError) -> Int {
    var count = 0
    for stretch in matches.stretches(join.kind, of: batchRows) {
      for part in matches.pairs(join.kind, of: stretch).parts(of: batchRows) where part.count > 0 {
        try keep(try table(part, chunk, other))
        count += part.count
      }
    }
    return count
  }

  /// Gives the rows of the other table that matched nothing, where they are wanted, and says how many.
  func giveUnmatched(
    _ tally: MatchTally, _ other: Table, _ keep: (Table) throws(EngineError) -> Void
  ) throws(EngineError) -> Int {
    guard join.kind.keepsOthers else { return 0 }
    let unmatched = tally.unmatchedOthers
    for start in stride(from: 0, to: unmatched.count, by: batchRows) {
      let stretch = start..<min(unmatched.count, start + batchRows)
      try keep(try table(.list(unmatched, stretch), of: other))
    }
    return unmatched.count
  }
}

extension PairedRows {
  /// No rows.
  static func none(besides kind: JoinKind) -> PairedRows {
    let none = TakenRows.list(Room(0), 0..<0)
    return PairedRows(own: none, others: kind.onlyChooses ? nil : none)
  }
}
