import Engine
import Kernels
import Plan
import Tables

/// A join with a table that does not fit into memory beside the rest.
///
/// Both tables go once into files, cut into parts by the hash of their keys, so that rows which match are in parts of one number (the
/// Grace hash join; Kitsuregawa, Tanaka and Moto-oka 1983). Then part after part is joined, and the results, each in the order of the
/// table at hand, are merged: the rows are those, in that order, that the join gives in memory.
struct PartedJoin {
  private let run: JoinRun
  private let partCount: Int
  /// Carries the number of each row; no column of a script can have the name.
  private static let row = "\u{0}row"

  init(_ run: JoinRun, parts: Int) {
    self.run = run
    partCount = parts
  }

  private var join: Join { run.join }

  func collected() throws(EngineError) -> Collected {
    let (others, missingOthers) = try parts(run.others, run.otherNames, "reading the other table") {
      table throws(EngineError) in
      (try run.forms.keys(table, \.other), run.missingOther(table))
    }
    let (own, missingOwn) = try parts(run.own, run.ownNames, "reading rows") { table throws(EngineError) in
      (try run.forms.keys(table, \.own), run.missingOwn(table))
    }
    try requireSize(own, others)
    let (joined, unmatched, sums) = try joined(own, others)
    var count = 0
    let rows = try run.executor.collect(run.progress) { keep throws(EngineError) in
      for parts in [joined, unmatched] {
        try OrderedMerge(parts, by: Self.row).each(run.progress) { table throws(EngineError) in
          count += table.rowCount
          try keep(table)
        }
      }
      if count == 0 { try keep(try run.table(.none(besides: join.kind), Self.none(own), Self.none(others))) }
    }
    return Collected(rows: rows, notes: [run.note(sums, rows: count, missingOwn, missingOthers)])
  }

  /// The first chunk of any part, without its rows.
  private static func none(_ parts: [TemporaryChunks]) throws(EngineError) -> Table {
    for part in parts where part.count > 0 { return try part.chunk(0).head(0) }
    return Table([])
  }

  // MARK: Cutting

  /// Rows of a part that are written together.
  private static let chunkRows = 1 << 13

  /// The rows of a table by the hash of their keys, each with its number, and how many have a key missing.
  private func parts(
    _ rows: Rows, _ names: Set<String>, _ phase: String,
    _ keys: (Table) throws(EngineError) -> (keys: [KeyColumn], missing: Int)
  ) throws(EngineError) -> (parts: [TemporaryChunks], missing: Int) {
    var outlets: [PartOutlet] = []
    for _ in 0..<partCount { outlets.append(try PartOutlet()) }
    var (passed, missing) = (0, 0)
    try rows.fold(names, run.progress) { chunk throws(EngineError) in
      // Rows in memory are one chunk, however many they are.
      for start in stride(from: 0, to: max(1, chunk.rowCount), by: 1 << 16) {
        try run.checkpoint(Double(passed) / Double(max(1, rows.rowCount)), phase)
        let stretch = chunk.take(RowList(start..<min(chunk.rowCount, start + 1 << 16)))
        let found = try keys(stretch)
        missing += found.missing
        let number = Column.int(Cells((passed..<passed + stretch.rowCount).map(Int64.init)))
        try distribute(stretch.with(Self.row, number), found.keys, from: passed, &outlets)
        passed += stretch.rowCount
      }
      return true
    }
    var parts: [TemporaryChunks] = []
    for place in outlets.indices { parts.append(try outlets[place].finish()) }
    return (parts, missing)
  }

  private func distribute(
    _ chunk: Table, _ keys: [KeyColumn], from first: Int, _ outlets: inout [PartOutlet]
  ) throws(EngineError) {
    var hashes = [UInt64](repeating: 0, count: chunk.rowCount)
    for key in keys {
      key.eachBits(0..<chunk.rowCount) { row, bits in
        // What matches nothing may be in any part.
        hashes[row] = KeyHash.adding(key.isValid(row) ? bits : UInt64(first + row), to: hashes[row])
      }
    }
    var rows = [[Int32]](repeating: [], count: partCount)
    for (row, hash) in hashes.enumerated() {
      rows[Int(hash % UInt64(partCount))].append(Int32(truncatingIfNeeded: row))
    }
    for (place, rows) in rows.enumerated() {
      // No rows still tell of the columns.
      if rows.isEmpty, first > 0 { continue }
      try outlets[place].append(chunk.take(RowList(ids: rows)))
    }
  }

  // MARK: Joining

  private func side(_ part: TemporaryChunks, _ columns: Set<String>?) throws(EngineError) -> OtherSide {
    try OtherSide(try part.rows.table(columns, run.progress), join, run.forms, run.progress)
  }

  /// Throws `tooLarge` where too many rows would come of it, and where a key stands more often than was expected.
  private func requireSize(_ own: [TemporaryChunks], _ others: [TemporaryChunks]) throws(EngineError) {
    let ownKeys = Set(join.keys.map(\.own) + (join.nearest.map { [$0.own] } ?? []))
    let otherKeys = Set(join.keys.map(\.other) + (join.nearest.map { [$0.other] } ?? []))
    var (count, repeated) = (0, 0)
    for (place, part) in others.enumerated() {
      try run.checkpoint(Double(place) / Double(partCount), "counting rows")
      let side = try side(part, otherKeys)
      repeated += side.repeatedCount
      for chunk in 0..<own[place].count where side.multiplies {
        let keys = try own[place].chunk(chunk, columns: ownKeys)
        count += try side.matches(keys, run.progress).resultCount(join.kind)
      }
    }
    try run.requireUniqueOthers(repeated)
    try run.require(rows: count)
  }

  /// The result of each part, then the rows of the other table in each that match nothing, and what matched.
  private func joined(
    _ own: [TemporaryChunks], _ others: [TemporaryChunks]
  ) throws(EngineError) -> ([TemporaryChunks], [TemporaryChunks], JoinSums) {
    var (joined, unmatched): ([TemporaryChunks], [TemporaryChunks]) = ([], [])
    var sums = JoinSums()
    let (pairing, rest) = (run.numbered(.own(Self.row), Self.row), run.numbered(.other(Self.row), Self.row))
    for (place, part) in others.enumerated() {
      let side = try side(part, nil)
      var tally = side.tally
      let outlet = try TemporaryRows()
      for chunk in 0..<own[place].count {
        try run.checkpoint(Double(place) / Double(partCount), "joining part \(place + 1) of \(partCount)")
        let rows = try own[place].chunk(chunk)
        let matches = try side.matches(rows, run.progress)
        tally.add(matches)
        _ = try pairing.give(matches, rows, side.table) { table throws(EngineError) in try outlet.append(table) }
      }
      joined.append(outlet.finish())
      let others = try TemporaryRows()
      _ = try rest.giveUnmatched(tally, side.table) { table throws(EngineError) in try others.append(table) }
      unmatched.append(others.finish())
      sums.add(tally)
    }
    return (joined, unmatched, sums)
  }
}

extension JoinRun {
  /// The same with one more column, which carries the number of each row, in batches that are merged later.
  fileprivate func numbered(_ source: JoinedColumn.Source, _ name: String) -> JoinRun {
    JoinRun(self, columns: columns + [JoinedColumn(name: name, source: source)], batchRows: min(batchRows, 1 << 13))
  }
}

/// Writes the rows of a part, of which few come at a time.
private struct PartOutlet {
  private let rows: TemporaryRows
  private var waiting = TableBuilder()
  private var schema = Schema([])

  private static let least = 1 << 13

  init() throws(EngineError) { rows = try TemporaryRows() }

  mutating func append(_ chunk: Table) throws(EngineError) {
    schema = chunk.schema
    waiting.append(chunk)
    if waiting.rowCount >= Self.least { try write() }
  }

  private mutating func write() throws(EngineError) {
    let table = waiting.finish(ScanReport(schema: schema, rowCount: waiting.rowCount))
    waiting = TableBuilder()
    try rows.append(table)
  }

  mutating func finish() throws(EngineError) -> TemporaryChunks {
    if waiting.rowCount > 0 || rows.rowCount == 0 { try write() }
    return rows.finish()
  }
}
