import Expressions
import Foundation
import Kernels
import Plan
import Storage
import Tables
import Testing

@testable import Engine

/// Rows in a file are the rows in memory, step by step.
@Suite struct SpilledRowsTests {
  @Test(arguments: [1, 7, 400]) func everyStepGivesWhatItGivesInMemory(chunk: Int) throws {
    let table = Self.table(rows: 150)
    for steps in try Self.flows() {
      var spilled = try Self.spilled(table, chunk: chunk)
      for (place, step) in steps.enumerated() {
        let (next, notes) = try spilled.appending(step, Progress())
        spilled = next
        let rows = RowList(0..<table.rowCount)
        let whole = try Recipe(steps: Array(steps[...place])).fit(on: table, rows: rows, choosing: .all, Progress())
        #expect(try Rows.stored(spilled).table(nil, Progress()) == whole.table, "\(steps.map(\.words)) after \(place)")
        #expect(spilled.rowCount == whole.rowCount)
        #expect(spilled.schema == whole.table.schema)
        #expect(spilled.missing == whole.table.columns.map(\.missingCount))
        #expect(notes == whole.notes.filter { $0.place == place }.map(\.remark))
      }
    }
  }

  @Test func onlyTheColumnsThatAreAskedForComeOut() throws {
    let table = Self.table(rows: 60)
    var spilled = try Self.spilled(table, chunk: 9)
    for step in try Self.flows()[0] { spilled = try spilled.appending(step, Progress()).rows }
    let all = try Rows.stored(spilled).table(nil, Progress())
    for name in all.names {
      #expect(try Rows.stored(spilled).table([name], Progress()) == all.select([name]))
    }
    #expect(try Rows.stored(spilled).head(5, Progress()) == all.head(5))
  }

  /// A source that can be read once only: what it has given before a column turned is not asked for again.
  @Test func aColumnThatTurnsLateIsTurnedFromTheFirstRowOn() throws {
    let report = ScanReport(schema: Schema([Field("n", .float), Field("late", .int)]), rowCount: 7) { cells, type in
      .from((0..<cells.count).map { row in cells[row].flatMap(Int64.init).map(Cell.int) ?? .missing }, type: type)
    }
    let bound = Memory.bound
    defer { Memory.set(bound: bound) }
    Memory.set(bound: 1)
    var spilling = Spilling()
    let none = Column.text(TextCells([nil, nil, nil]))
    try spilling.take(Table([("n", .int(Cells([1, 2, 3]))), ("late", none)]))
    try spilling.take(Table([("n", .float(Cells([4.5, 5, 6]))), ("late", none)]))
    try spilling.take(Table([("n", .float(Cells([7]))), ("late", .text(TextCells(["8"])))]))
    Memory.set(bound: bound)
    let rows = try spilling.rows(report)
    guard case .stored = rows else {
      Issue.record("the rows were kept in memory")
      return
    }
    let late = Column.int(Cells([nil, nil, nil, nil, nil, nil, 8], filler: 0))
    #expect(try rows.table(nil, Progress()) == Table([("n", .float(Cells([1, 2, 3, 4.5, 5, 6, 7]))), ("late", late)]))
  }

  @Test func noRowsKeepTheirColumnsWhenTheyAreSorted() throws {
    var spilled = try Self.spilled(Self.table(rows: 30), chunk: 7)
    let none = Filter(.call(.less, [.column("a", .int), .literal(.int(-1))]), words: "filter a < -1")
    let sort = Sort(by: [.init("x")], words: "sort x")
    for step in [Step.choose(none), .choose(sort), .feature(Derive("b", .call(.sqrt, [.column("x", .float)])))] {
      spilled = try spilled.appending(step, Progress()).rows
    }
    #expect(spilled.rowCount == 0 && spilled.schema.fields.map(\.name) == ["a", "x", "w", "b"])
  }

  @Test(arguments: [1, 7, 64, 1000]) func rowsInOrderAreThoseInMemoryWhateverTheStretches(stretch: Int) throws {
    let table = Self.table(rows: 150)
    let sort = Sort(by: [.init("w", isDescending: true), .init("x")], words: "sort w = down, x")
    let sorted = try SpilledSort(try Self.spilled(table, chunk: 9), sort, stretch: stretch).sorted(Progress()).rows
    let expected = try table.take(sort.choose(from: table, Progress()).rows)
    #expect(sorted.missing == table.columns.map(\.missingCount) && sorted.rowCount == table.rowCount)
    // More than once, for nothing is used up.
    for _ in 0..<2 { #expect(try Rows.stored(sorted).table(nil, Progress()) == expected) }
    #expect(try Rows.stored(sorted).table(["x"], Progress()) == expected.select(["x"]))
    #expect(try Rows.stored(sorted).head(11, Progress()) == expected.head(11))
    #expect(try Rows.stored(sorted).last(11, Progress()) == expected.take(RowList(139..<150)))
    for steps in try Self.flows() {
      var rows = sorted
      for step in steps { rows = try rows.appending(step, Progress()).rows }
      let whole = try Recipe(steps: steps).fit(on: expected, rows: RowList(0..<150), choosing: .all, Progress())
      #expect(try Rows.stored(rows).table(nil, Progress()) == whole.table, "\(steps.map(\.words))")
    }
  }

  /// A stretch of the result is given chunk by chunk.
  @Test func aStretchOfManyRowsComesInChunks() throws {
    let count = 3 * Spilling.chunkRows / 2
    let numbers = (0..<count).map { Int64(truncatingIfNeeded: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    let sort = Sort(by: [.init("n")], words: "sort n")
    let rows = try Self.spilled(Table([("n", .int(Cells(numbers)))]), chunk: 10_000)
    let sorted = try SpilledSort(rows, sort, stretch: count - 5).sorted(Progress()).rows
    var sizes: [Int] = []
    var made: [Int64] = []
    try sorted.fold(nil, Progress()) { chunk throws(EngineError) in
      sizes.append(chunk.rowCount)
      if case .int(let cells)? = chunk["n"] { made += cells.values }
      return true
    }
    #expect(sizes == [Spilling.chunkRows, Spilling.chunkRows / 2 - 5, 5])
    #expect(made == numbers.sorted())
  }

  @Test(arguments: [0, 1, 150]) func aTableThatIsWrittenIsTheTable(rows: Int) throws {
    let table = Self.table(rows: rows)
    let written = try SpilledRows(writing: table, Progress())
    #expect(try Rows.stored(written).table(nil, Progress()) == table)
    #expect(written.rowCount == rows && written.schema == table.schema)
  }

  @Test func aTableIsNotWrittenOnceTheWorkIsCancelled() throws {
    let progress = Progress()
    progress.cancel()
    #expect(throws: EngineError.cancelled) { try SpilledRows(writing: Self.table(rows: 3), progress) }
  }

  private static func spilled(_ table: Table, chunk: Int) throws -> SpilledRows {
    let writer = try ChunkFileWriter(temporaryIn: NSTemporaryDirectory())
    for start in stride(from: 0, to: table.rowCount, by: chunk) {
      try writer.append(table.take(RowList(start..<min(table.rowCount, start + chunk))))
    }
    return SpilledRows(writer.finish())
  }

  private static func flows() throws -> [[Step]] {
    let a = Expression.column("a", .int)
    let x = Expression.column("x", .float)
    let mean = Expression.aggregate(.mean, [x])
    let doubled = Derive("d", .call(.multiply, [a, .literal(.int(2))]))
    let centred = Derive("c", .call(.subtract, [x, mean]))
    let root = Derive("r", .call(.sqrt, [x]))
    let above = Filter(.call(.greater, [x, mean]), words: "filter x > mean(x)", isRecorded: false)
    let small = Filter(.call(.less, [a, .literal(.int(40))]), words: "filter a < 40")
    return [
      [.feature(doubled), .feature(centred), .rename([.init("a", "b")]), .drop(["d"])],
      [.choose(small), .feature(root), .choose(Sample(.rows(20), seed: 3, words: "sample 20"))],
      [.choose(above), .choose(Dedupe(by: ["w"], words: "dedupe w")), .select(["x", "w"])],
      [.choose(Sort(by: [.init("w"), .init("x", isDescending: true)], words: "sort w")), .feature(centred)],
      [.choose(small), .choose(Sort(by: [.init("a", isDescending: true)], words: "sort a = down")), .select(["a"])],
    ]
  }

  private static func table(rows: Int) -> Table {
    var random = CounterRandom(seed: 11, stream: 1)
    let a = (0..<rows).map { _ in random.next(below: 6) == 0 ? nil : Int64(random.next(below: 80)) }
    let x = (0..<rows).map { _ in random.next(below: 7) == 0 ? nil : Double(random.next(below: 900)) / 7 - 20 }
    let w = (0..<rows).map { _ in random.next(below: 9) == 0 ? nil : "w\(random.next(below: 12))" }
    return Table([
      ("a", .int(Cells(a, filler: 0))), ("x", .float(Cells(x, filler: 0))), ("w", .text(TextCells(w))),
    ])
  }
}
