import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Validation

/// Rules asked of chunks find what they find in the whole table, whatever the sizes of the chunks.
@Suite struct ValidationPassTests {
  @Test(arguments: [1, 7, 64, 1000]) func chunksNeverShow(size: Int) throws {
    let table = Self.table
    let whole = try Self.pass(.whole(table))
    let chunked = try Self.pass(.stored(ChunkedRows(table: table, size: size)))
    #expect(whole.failed > 0 && whole.failed < whole.rowCount)
    #expect(chunked.failed == whole.failed && chunked.rowCount == whole.rowCount)
    for (found, expected) in zip(chunked.findings, whole.findings) {
      #expect(found.failed == expected.failed && found.missing == expected.missing)
      #expect(found.ofTable == expected.ofTable && found.verdict == expected.verdict)
      let isOfTable = expected.rule.test.reach == .table
      #expect(isOfTable ? expected.ofTable?.holds == false : expected.failed > 0, "\(expected.rule.words)")
      #expect(found.places == expected.places)
      #expect(Self.joined(found.examples) == Self.joined(expected.examples))
    }
  }

  /// What each rule finds is what a look at the cells finds.
  @Test func rulesFindWhatTheCellsSay() throws {
    let table = Self.table
    let pass = try Self.pass(.whole(table))
    let a = (0..<table.rowCount).map { row in
      if case .int(let value)? = table["a"]?[row] { value } else { nil as Int64? }
    }
    let known = a.compactMap { $0 }
    let mean = Double(known.reduce(0, +)) / Double(known.count)
    #expect(pass.findings[0].failed == known.count { $0 >= 60 })
    #expect(pass.findings[1].failed == known.count { Double($0) >= mean })
    #expect(pass.findings[3].failed == zip(known, known.dropFirst()).count { $0 > $1 })
    #expect(pass.findings[4].failed == zip(known, known.dropFirst()).count { $0 <= $1 })
    #expect(pass.findings[5].failed == known.count { $0 % 2 != 0 })
    #expect(pass.findings[5].missing == table.rowCount - known.count)
    #expect(pass.findings[6].ofTable == TableFinding(holds: false, .rows(300)))
    let total = Double(known.reduce(0, +))
    #expect(pass.findings[7].ofTable == TableFinding(holds: false, .sums(total, 0)))
    #expect(pass.findings[8].ofTable == TableFinding(holds: false, .statistics))
  }

  @Test(arguments: [1, 1 << 30]) func keysOfAnotherTableAreFoundInParts(partSize: Int) throws {
    let other = Rows.whole(Table([("k", .float(Cells([0, 2, 4, 6])))]))
    let table = Table([("a", .int(Cells([0, 1, 2, nil, 6, 7, 1] as [Int64?], filler: 0)))])
    let test = ForeignKeyTest(["a"], in: other, name: "other", columns: ["k"], partSize: partSize)
    var watch = try test.begin(on: .whole(table), Progress())
    #expect(try watch.take(table, Progress()) == RuleFailures(rows: [1, 5, 6], missing: 1))
  }

  @Test func limitsAreSharesOfTheRowsThatAreDecided() {
    let both = RuleLimits(warn: 0.01, stop: 0.05)
    #expect(both.verdict(failed: 1, of: 100) == .passed)
    #expect(both.verdict(failed: 2, of: 100) == .warned)
    #expect(both.verdict(failed: 5, of: 100) == .warned)
    #expect(both.verdict(failed: 6, of: 100) == .failed)
    #expect(RuleLimits(warn: 0).verdict(failed: 100, of: 100) == .warned)
    #expect(RuleLimits(stop: 0.5).verdict(failed: 0, of: 0) == .passed)
    #expect(RuleLimits().verdict(failed: 1, of: 1_000_000) == .failed)
  }

  @Test func freshnessIsOfTheNewestValue() throws {
    let days = Table([("d", .date(Cells([10, nil, 12, 11] as [Int32?], filler: 0)))])
    for (age, holds) in [(Int64(86_400), true), (86_399, false)] {
      var watch = try FreshnessTest("d", age: age, before: 13 * 86_400_000_000).begin(on: .whole(days), Progress())
      _ = try watch.take(days, Progress())
      #expect(try watch.finish() == TableFinding(holds: holds, .newest(12 * 86_400_000_000, age: 86_400)))
    }
    let none = Table([("d", .missing(.datetime, count: 2))])
    var watch = try FreshnessTest("d", age: 1, before: 0).begin(on: .whole(none), Progress())
    _ = try watch.take(none, Progress())
    #expect(try watch.finish()?.holds == false)
  }

  /// Days beyond the calendar of files are no trap.
  @Test(arguments: [Int32.min, Int32.max]) func theLastDaysOverflowNothing(day: Int32) throws {
    let table = Table([("d", .date(Cells([day])))])
    var watch = try FreshnessTest("d", age: 0, before: 0).begin(on: .whole(table), Progress())
    _ = try watch.take(table, Progress())
    #expect(try watch.finish()?.holds == (day > 0))
  }

  private static func pass(_ rows: Rows) throws -> ValidationPass {
    let a = Expression.column("a", .int)
    let even = Table([("e", .int(Cells((0..<40).map { Int64($0 * 2) })))])
    let tests: [(String, any RuleTest)] = [
      ("a < 60", ConditionTest(.call(.less, [a, .literal(.int(60))]))),
      ("a < mean(a)", ConditionTest(.call(.less, [a, .aggregate(.mean, [a])]))),
      ("unique(w)", UniqueTest(["w"])),
      ("increasing(a)", OrderTest("a")),
      ("decreasing(a, strict: true)", OrderTest("a", isFalling: true, isStrict: true)),
      ("foreign_key(even, a)", ForeignKeyTest(["a"], in: .whole(even), name: "even", columns: ["e"])),
      ("row_count(1, 2)", RowCountTest(least: 1, most: 2)),
      ("sum_close(a, 0)", SumTest(a, .literal(.int(0)), tolerance: 0.5)),
      ("mean(a) > 1000", ConditionTest(.call(.greater, [.aggregate(.mean, [a]), .literal(.int(1000))]))),
      ("increasing(w)", OrderTest("w")),
    ]
    let rules = tests.map { ValidationRule($0.1, words: $0.0) }
    var pass = try ValidationPass(rules, shown: 4, of: rows, Progress())
    try rows.fold(nil, Progress()) { chunk throws(EngineError) in
      try pass.take(chunk, Progress())
      return true
    }
    try pass.finish(Progress())
    return pass
  }

  private static func joined(_ parts: [Table]) -> Table {
    var builder = TableBuilder()
    for part in parts { builder.append(part) }
    return builder.finish(ScanReport(schema: table.schema, rowCount: builder.rowCount))
  }

  private static var table: Table {
    var random = CounterRandom(seed: 4, stream: 2)
    let a = (0..<300).map { _ in random.next(below: 8) == 0 ? nil : Int64(random.next(below: 70)) }
    let w = (0..<300).map { _ in random.next(below: 9) == 0 ? nil : "w\(random.next(below: 400))" }
    return Table([("a", .int(Cells(a, filler: 0))), ("w", .text(TextCells(w)))])
  }
}

/// A table that is given in chunks of one size.
private struct ChunkedRows: StoredRows {
  let table: Table
  let size: Int

  var schema: Schema { table.schema }
  var rowCount: Int { table.rowCount }
  var isByColumn: Bool { false }
  var missing: [Int] { table.columns.map(\.missingCount) }

  func fold(
    _ columns: Set<String>?, _ progress: Kernels.Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) {
    let wanted = table.select(table.names.filter { columns?.contains($0) ?? true })
    for start in stride(from: 0, to: rowCount, by: size) {
      if try !take(wanted.take(RowList(start..<min(rowCount, start + size)))) { return }
    }
  }
}
