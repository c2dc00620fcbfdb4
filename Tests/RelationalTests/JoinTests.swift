import Engine
import Kernels
import Plan
import Tables
import Testing

@testable import Relational

/// A join gives what trying every pair of rows gives, however it is run.
@Suite(.serialized) struct JoinTests {
  /// A way of running a join that must not show.
  private struct Way {
    let name: String
    let bounds: JoinBounds
    /// Rows in a chunk of both tables; nil where they are in memory.
    let chunk: Int?
    let threads: Int

    static let all = [
      Way(name: "in memory", bounds: JoinBounds(), chunk: nil, threads: 2),
      Way(name: "the larger looked up in", bounds: JoinBounds(prefersSmaller: false), chunk: nil, threads: 1),
      Way(name: "in batches", bounds: JoinBounds(batchRows: 3), chunk: nil, threads: 3),
      Way(name: "from files", bounds: JoinBounds(), chunk: 7, threads: 2),
      Way(name: "in three parts", bounds: JoinBounds(parts: 3), chunk: 5, threads: 2),
      Way(name: "in two parts and batches", bounds: JoinBounds(parts: 2, batchRows: 2), chunk: nil, threads: 1),
    ]

    func rows(_ table: Table) throws -> Rows { try chunk.map { try table.stored(in: $0) } ?? .whole(table) }
  }

  private func run(_ drawn: RandomJoin, _ way: Way) throws -> (table: Table, notes: [StageNote]) {
    Threads.set(way.threads)
    var join = try drawn.join()
    join.bounds = way.bounds
    let inputs = [try way.rows(drawn.own), try way.rows(drawn.other)]
    let collected = try join.apply(inputs, LocalExecutor(), Progress())
    return (try collected.rows.table(nil, Progress()), collected.notes)
  }

  @Test func everyKindGivesWhatTryingEveryPairGives() throws {
    defer { Threads.set(2) }
    var counts: [JoinKind: Int] = [:]
    var (rows, refused) = (0, 0)
    for seed in UInt64(0)..<160 {
      let drawn = RandomJoin(seed)
      do {
        let first = try run(drawn, Way.all[0])
        let types = Dictionary(first.table.schema.fields.map { ($0.name, $0.type) }) { one, _ in one }
        #expect(first.table == drawn.expected(types: types), "seed \(seed): \(drawn.kind)")
        for way in Way.all.dropFirst() {
          let other = try run(drawn, way)
          #expect(other.table == first.table, "seed \(seed): \(drawn.kind) \(way.name)")
          #expect(other.notes == first.notes, "seed \(seed): \(drawn.kind) \(way.name)")
        }
        counts[drawn.kind, default: 0] += 1
        rows += first.table.rowCount
      } catch let error as EngineError {
        // Whole numbers that floats of the other table would round.
        guard case .column(.losesDigits) = error.problem else { throw error }
        refused += 1
      }
    }
    #expect(JoinKind.allCases.allSatisfy { counts[$0] ?? 0 > 15 } && rows > 20_000 && refused < 20)
  }

  @Test func theNoteCountsWhatMatchedAndWhatDidNot() throws {
    let own = Table([("k", .int(Cells([1, 2, 2, nil, 5], filler: 0)))])
    let other = Table([
      ("k", .int(Cells([2, 2, 1, 7, nil, nil], filler: 0))),
      ("v", .text(TextCells(["a", "b", "c"] + ["d", "e", "f"]))),
    ])
    let relation = Relation(rows: .whole(other), name: "other")
    let join = Join(
      .left, on: [JoinKey(own: "k", other: "k")], of: Relation(rows: .whole(own), name: "own").schema,
      with: relation.schema, words: "join other"
    ).taking(relation)
    let collected = try join.apply([.whole(own), .whole(other)], LocalExecutor(), Progress())
    #expect(
      collected.notes == [
        StageNote(
          step: "join other",
          .joined(
            JoinCounts(
              other: "other", own: .init(rows: 5, matched: 3, missing: 1),
              others: .init(rows: 6, matched: 3, missing: 2), repeatedKeys: 1, pairs: 5, rows: 7)))
      ])
    let table = try collected.rows.table(nil, Progress())
    #expect(table["v"] == .text(TextCells(["c", "a", "b", "a", "b", nil, nil])))
  }

  /// What a column of the table at hand is known to be need not be found out anew.
  @Test func aColumnThatIsTakenAsItIsIsNotCopied() throws {
    let own = Table([("k", .int(Cells([1, 2, 3]))), ("x", .float(Cells([1, 2, 3])))])
    let relation = Relation(
      rows: .whole(Table([("k", .int(Cells([3, 1]))), ("y", .bool(Cells([true, false])))])), name: "b")
    let join = Join(
      .left, on: [JoinKey(own: "k", other: "k")], of: Relation(rows: .whole(own), name: "a").schema,
      with: relation.schema, words: ""
    ).taking(relation)
    let rows = try join.apply(
      [.whole(own), try LocalExecutor().rows(relation, Progress()).rows], LocalExecutor(), Progress()
    ).rows
    let table = try rows.table(nil, Progress())
    #expect(table.statistics(of: "x").map(ObjectIdentifier.init) == own.statistics(of: "x").map(ObjectIdentifier.init))
    #expect(table["y"] == .bool(Cells([false, nil, true], filler: false)))
  }

  @Test func aCancelledJoinEnds() throws {
    let progress = Progress()
    progress.cancel()
    let drawn = RandomJoin(3)
    #expect(throws: EngineError.cancelled) {
      try drawn.join().apply([.whole(drawn.own), .whole(drawn.other)], LocalExecutor(), progress)
    }
  }
}
