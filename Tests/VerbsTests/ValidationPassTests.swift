import Diagnostics
import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Verbs

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
      #expect(expected.failed > 0, "\(expected.rule.words)")
      #expect(found.places == expected.places)
      #expect(Self.joined(found.examples) == Self.joined(expected.examples))
    }
  }

  private static func pass(_ rows: Rows) throws -> ValidationPass {
    let a = Expression.column("a", .int)
    let rules: [ValidationRule] = [
      .condition(.call(.less, [a, .literal(.int(60))]), words: "a < 60", range: .nowhere),
      .condition(.call(.less, [a, .aggregate(.mean, [a])]), words: "a < mean(a)", range: .nowhere),
      .unique(["w"], words: "unique(w)", range: .nowhere),
    ]
    var pass = try ValidationPass(rules, shown: 4, quarantine: nil, of: rows, Progress())
    try rows.fold(nil, Progress()) { chunk throws(EngineError) in
      try pass.take(chunk, Progress())
      return true
    }
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
