import Engine
import Expressions
import Kernels
import Plan
import Tables

/// Groups that would fill the memory: their rows go into files by a hash of their keys, so that each group is in one file alone and in the
/// order of its rows, and the files are grouped one after the other (Graefe 1993, 4.2). A file whose groups are still too many is
/// parted again by other bits of the hash.
///
/// With the groups of a file goes the number of their first row, by which they are brought back into the order of first appearance.
struct PartitionedGroups {
  private static let partsBits: UInt64 = 4
  private static let deepest = 4
  private static let rowNumber = "\u{0}row"
  private static let chunkRows = 1 << 16

  private let grouping: Grouping
  private let bound: Int

  init(_ grouping: Grouping, bound: Int) {
    var numbered = grouping.calls
    numbered.append(StatisticCall(.min, [.column(Self.rowNumber, .int)]))
    self.grouping = Grouping(keys: grouping.keys, calls: numbered)
    self.bound = bound
  }

  func run(
    _ rows: Rows, _ facts: inout GroupFacts, _ progress: Progress, _ take: (Table) throws(EngineError) -> Void
  ) throws(EngineError) {
    var runs = SortedRuns(writer: try TemporaryRows())
    try part(rows, depth: 0, &runs, &facts, progress)
    let file = runs.writer.finish()
    let sorted = runs.chunks.map { OrderedMerge.Run(file: file, chunks: $0) }
    try OrderedMerge(sorted, by: Grouping.name(grouping.calls.count - 1)).each(progress, take)
  }

  /// The groups of the files one behind the other in one file: so many files would be too many to have open.
  private struct SortedRuns {
    let writer: TemporaryRows
    var chunks: [Range<Int>] = []

    mutating func append(_ table: Table) throws(EngineError) {
      var next = chunks.last?.upperBound ?? 0
      let first = next
      for start in stride(from: 0, to: table.rowCount, by: PartitionedGroups.chunkRows) {
        try writer.append(
          table.take(RowList(start..<min(table.rowCount, start + PartitionedGroups.chunkRows))))
        next += 1
      }
      chunks.append(first..<next)
    }
  }

  private func part(
    _ rows: Rows, depth: Int, _ runs: inout SortedRuns, _ facts: inout GroupFacts, _ progress: Progress
  ) throws(EngineError) {
    for rows in try divided(rows, depth: depth, progress) {
      // At the last depth the groups are taken however many they are: memory is asked for as they grow.
      let most = depth + 1 < Self.deepest ? bound : .max
      if let table = try grouping.folded(rows, bound: most, &facts, progress) {
        facts.files += 1
        try runs.append(table)
      } else {
        try self.part(rows, depth: depth + 1, &runs, &facts, progress)
      }
    }
  }

  /// The rows by four bits of their keys' hashes, with their numbers where they have none yet.
  private func divided(
    _ rows: Rows, depth: Int, _ progress: Progress
  ) throws(EngineError) -> [Rows] {
    let parts = 1 << Int(Self.partsBits)
    let shift = 64 - Self.partsBits * UInt64(depth + 1)
    var writers: [TemporaryRows] = []
    for _ in 0..<parts { writers.append(try TemporaryRows()) }
    let statistics = try GroupStatistics(grouping.calls)
    var first = 0
    try rows.fold(statistics.reads.union(grouping.keys), progress) { chunk throws(EngineError) in
      let all = chunk[Self.rowNumber] == nil ? chunk.with(Self.rowNumber, Self.numbers(first, chunk.rowCount)) : chunk
      first += chunk.rowCount
      let keys = grouping.keys.compactMap { all[$0] }
      let hashes = RowHashes(keys, rows: RowList(0..<all.rowCount), progress).values
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      var chosen = [[Int32]](repeating: [], count: parts)
      for (row, hash) in hashes.enumerated() {
        chosen[Int(hash >> shift) & (parts - 1)].append(Int32(truncatingIfNeeded: row))
      }
      for (writer, rows) in zip(writers, chosen) where !rows.isEmpty {
        try writer.append(all.take(RowList(ids: rows)))
      }
      return true
    }
    return writers.filter { $0.rowCount > 0 }.map { $0.finish().rows }
  }

  private static func numbers(_ first: Int, _ count: Int) -> Column {
    .int(Cells((first..<first + count).map(Int64.init)))
  }
}
