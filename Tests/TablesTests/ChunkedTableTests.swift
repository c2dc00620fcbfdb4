import Kernels
import Tables
import Testing

/// Chunks put together are the table that they were cut from.
struct ChunkedTableTests {
  private static let words = ["a", "", "b", "e\u{301}", "é"]

  /// A table of every type with missing cells in some columns.
  static func table(seed: UInt64, rows: Int) -> Table {
    var random = CounterRandom(seed: seed)
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in random.next(below: 7) == 0 ? nil : make(&random) }
    }
    let codes = (0..<rows).map { _ in Int32(random.next(below: words.count)) }
    return Table(
      [
        ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
        ("int", .int(Cells(cells { Int64(bitPattern: $0.next()) }, filler: 0))),
        ("float", .float(Cells((0..<rows).map { Double($0) / 8 }))),
        ("date", .date(Cells(cells { Int32($0.next(below: 9000)) }, filler: 0))),
        ("moment", .datetime(Cells(cells { Int64($0.next(below: 1 << 40)) }, filler: 0))),
        ("plain", .text(TextCells(cells { words[$0.next(below: words.count)] }))),
        ("coded", .text(TextCells(.dictionary(codes: codes, words: words)))),
        ("vector", .vector(VectorCells(names: ["x", "y"], values: (0..<rows * 2).map(Double.init), count: rows))),
      ], rowCount: rows)
  }

  static func report(_ table: Table) -> ScanReport { ScanReport(schema: table.schema, rowCount: table.rowCount) }

  /// A table cut at places that a seed draws.
  static func chunks(_ table: Table, seed: UInt64) -> [Table] {
    var random = CounterRandom(seed: seed)
    var chunks: [Table] = []
    var start = 0
    while start < table.rowCount {
      let end = min(table.rowCount, start + 1 + random.next(below: 150))
      chunks.append(table.take(RowList(start..<end)))
      start = end
    }
    return chunks
  }

  @Test(arguments: 0..<12 as Range<UInt64>) func theWholeIsWhatWasCut(seed: UInt64) {
    let table = Self.table(seed: seed, rows: 130 + Int(seed) * 60)
    let chunks = Self.chunks(table, seed: seed)
    #expect(ChunkedTable(chunks, Self.report(table)).whole() == table)
    var builder = TableBuilder(expectedRows: seed % 2 == 0 ? 0 : table.rowCount)
    for chunk in chunks { builder.append(chunk) }
    #expect(builder.rowCount == table.rowCount)
    #expect(builder.finish(Self.report(table)) == table)
  }

  @Test func intsBeforeTheFirstFractionBecomeFloats() {
    let chunks = [
      Table([("v", .int(Cells([1, nil], filler: 0)))]), Table([("v", .float(Cells([0.5])))]),
      Table([("v", .int(Cells([7])))]),
    ]
    let report = ScanReport(schema: Schema([Field("v", .float)]), rowCount: 4)
    let expected = Table([("v", .float(Cells([1, nil, 0.5, 7], filler: 0)))])
    #expect(ChunkedTable(chunks, report).whole() == expected)
    var builder = TableBuilder()
    for chunk in chunks { builder.append(chunk) }
    #expect(builder.finish(report) == expected)
  }

  @Test func dictionariesAreMergedInTheOrderOfTheirFirstWords() {
    func chunk(_ codes: [Int32], _ words: [String]) -> Table {
      Table([("k", .text(TextCells(.dictionary(codes: codes, words: words))))])
    }
    let chunks = [chunk([1, 0, 1, 0], ["x", "y"]), chunk([0, 1, 1, 0], ["z", "x"])]
    let whole = ChunkedTable(chunks, ScanReport(schema: chunks[0].schema, rowCount: 8)).whole()
    guard case .text(let cells) = whole["k"], case .dictionary(let codes, let words) = cells.storage else {
      Issue.record("no dictionary")
      return
    }
    #expect(words == ["x", "y", "z"])
    #expect(codes == [1, 0, 1, 0, 2, 0, 0, 2])
  }

  @Test func oneChunkIsTheTableAndNoChunkAnEmptyOne() {
    let table = Self.table(seed: 3, rows: 20)
    #expect(ChunkedTable([table], Self.report(table)).whole() == table)
    let none = ChunkedTable([], Self.report(table)).whole()
    #expect(none.rowCount == 0)
    #expect(none.names == table.names && none["int"]?.type == .int)
    var builder = TableBuilder()
    #expect(builder.finish(ScanReport(schema: table.schema, rowCount: 0)).schema == table.schema)
  }

  @Test func aScanOfATableInMemoryGivesWhatIsAskedFor() throws {
    let source = MemorySource(name: "t", table: Self.table(seed: 5, rows: 50))
    let rows = try source.read(ScanRequest(columns: ["int", "bool"], limit: 7), Progress()).table
    #expect(rows == source.table.select(["bool", "int"]).head(7))
  }

  @Test func chunksMayBeSelectedFrom() {
    let table = Self.table(seed: 8, rows: 400)
    let chunked = ChunkedTable(Self.chunks(table, seed: 8), Self.report(table))
    #expect(chunked.rowCount == 400)
    #expect(chunked.select(["date", "none", "coded"]).whole() == table.select(["date", "coded"]))
  }
}
