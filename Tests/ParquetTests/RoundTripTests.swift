import Formats
import Glibc
import Kernels
import Tables
import Testing

@testable import Parquet

/// What is written reads back as the same cells, in the same bytes however the rows come.
@Suite(.serialized) struct RoundTripTests {
  private static let pieces = ["", "a", "é", "日本", "🙂", "a longer piece of text", "\u{0}", "e\u{301}", "\n", "\""]

  /// A table of all types, with missing cells; where `seed` is even texts and numbers repeat.
  static func table(seed: UInt64, rows: Int) -> Table {
    var random = CounterRandom(seed: seed)
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in random.next(below: 5) == 0 ? nil : make(&random) }
    }
    func mask(_ bits: UInt64) -> UInt64 { seed % 2 == 0 ? bits & 0xFF : bits }
    let texts = cells { random in
      (0..<random.next(below: seed % 2 == 0 ? 2 : 5)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    let floats = cells { random -> Double in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : -0.0
    }
    let words = ["red", "green", "größe"]
    return Table([
      ("text", .text(TextCells(texts))),
      ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("int", .int(Cells(cells { Int64(bitPattern: mask($0.next())) }, filler: 0))),
      ("rising", .int(Cells((0..<rows).map { Int64($0) * 3 }))),
      ("float", .float(Cells(floats, filler: 0))),
      ("few", .float(Cells(cells { Double($0.next(below: 7)) / 2 }, filler: 0))),
      ("date", .date(Cells(cells { Int32(truncatingIfNeeded: mask($0.next())) }, filler: 0))),
      ("moment", .datetime(Cells(cells { Int64(bitPattern: mask($0.next())) }, filler: 0))),
      (
        "word", .text(TextCells(.dictionary(codes: (0..<rows).map { _ in Int32(random.next(below: 3)) }, words: words)))
      ),
      ("absent", .missing(.int, count: rows)),
    ])
  }

  @Test(arguments: 0..<24 as Range<UInt64>) func randomTables(seed: UInt64) throws {
    let table = Self.table(seed: seed, rows: [0, 1, 2, 7, 8, 100, 1000, 3000][Int(seed % 8)])
    let bytes = try file(table)
    let read = try rows(bytes)
    if table.rowCount > 0 { #expect(read.table == table && read.notes.isEmpty) }
    #expect(try rows(bytes, layout: smallChunks).table == read.table)
    #expect(try ParquetFile(path: "t.parquet", bytes: bytes).outline()?.schema == table.schema)
  }

  @Test func theBytesAreTheSameHoweverTheRowsCome() throws {
    let table = Self.table(seed: 3, rows: 20_000)
    let whole = try file(table)
    for cut in [1 << 13, 9999, 1000, 77] { #expect(try file(table, by: cut) == whole) }
    Threads.set(1)
    #expect(try file(table) == whole)
    Threads.set(4)
    #expect(try file(table) == whole)
    Threads.set(2)
  }

  @Test func textsAreTheSameBytesHoweverTheyAreStored() throws {
    let words = ["b", "a", "c"]
    let codes = (0..<1000).map { Int32($0 * $0 % 3) }
    let validity = Bitmap((0..<1000).map { $0 % 7 != 0 })
    let coded = TextCells(.dictionary(codes: codes, words: words), validity: validity)
    let spelled = TextCells(codes.enumerated().map { $0.offset % 7 == 0 ? nil : words[Int($0.element)] })
    #expect(try file(Table([("x", .text(coded))])) == file(Table([("x", .text(spelled))])))
  }

  @Test func theRowsAreTheSameOnAnyNumberOfThreads() throws {
    let table = Self.table(seed: 6, rows: 150_000)
    let bytes = try file(table)
    for threads in [1, 2, 4] {
      Threads.set(threads)
      #expect(try rows(bytes).table == table)
      #expect(try rows(bytes, layout: ChunkLayout(rowCount: 1000, window: 5, stretch: 4096)).table == table)
    }
    Threads.set(2)
  }

  @Test func rowGroupsEndWhereTheirTextsAreMany() throws {
    let long = String(repeating: "x", count: 20_000)
    let texts = (0..<20_000).map { $0 % 2 == 0 ? long : "\($0)" }
    let table = Table([("t", .text(TextCells(texts)))])
    let bytes = try file(table)
    let metadata = try Footer.read(FileBytes(MemoryStream(bytes)))
    #expect(metadata.groups.map(\.rowCount) == [1 << 14, 20_000 - 1 << 14])
    #expect(try rows(bytes).table == table)
    #expect(try file(table, by: 3000) == bytes)
  }

  @Test func manyColumnsHaveRowGroupsOfFewerRows() throws {
    var collector = RowCollector(columns: 1000)
    let table = Table([("x", .missing(.int, count: 40_000))])
    let taken = try collector.take(table, from: 0)
    #expect(taken == 1 << 14 && collector.isFull)
  }

  @Test func vectorsAreWrittenAsColumns() throws {
    let vector = VectorCells(names: ["gold", "silver"], values: [1, 0, .nan, 1], count: 2)
    let hot = VectorCells(names: ["a", "b"], codes: [1, -1])
    let table = Table([("plan", .vector(vector)), ("hot", .vector(hot)), ("hot_a", .int(Cells([1, 2])))])
    let read = try rows(try file(table)).table
    #expect(read.names == ["plan_gold", "plan_silver", "hot_a", "hot_b", "hot_a_2"])
    #expect(read["plan_gold"] == .float(Cells([1, nil], filler: 0)) && read["plan_silver"] == .float(Cells([0, 1])))
    #expect(read["hot_a"] == .float(Cells([0, 0])) && read["hot_b"] == .float(Cells([1, 0])))
  }

  @Test func statisticsTellBoundsAndMissingCells() throws {
    let table = Table([
      ("i", .int(Cells([3, nil, -5], filler: 0))), ("f", .float(Cells([0.0, 1, -0.0]))),
      ("t", .text(TextCells(["b", "", "é"]))), ("n", .missing(.date, count: 3)),
      ("l", .text(TextCells([String(repeating: "x", count: 100), "a", nil]))),
    ])
    let metadata = try Footer.read(FileBytes(MemoryStream(try file(table))))
    let chunks = try #require(metadata.groups.first?.chunks)
    func bound(_ place: Range<Int>?) -> [UInt8]? { place.map { Array(metadata.footer.buffer[$0]) } }
    #expect(chunks.map(\.missingCount) == [1, 0, 0, 3, 1])
    #expect(bound(chunks[0].least) == plain([-5] as [Int64]) && bound(chunks[0].greatest) == plain([3] as [Int64]))
    #expect(bound(chunks[1].least) == plain([-0.0]) && bound(chunks[1].greatest) == plain([1.0]))
    #expect(bound(chunks[2].least) == [] && bound(chunks[2].greatest) == Array("é".utf8))
    #expect(chunks[3].least == nil && chunks[4].greatest == nil)
  }

  @Test func aFileIsWrittenAndItsBeginningReadBack() throws {
    let path = "/tmp/mlp-parquet-\(getpid()).parquet"
    defer { unlink(path) }
    let table = Self.table(seed: 8, rows: 3000)
    let writer = try TableFileWriter(path: path, ParquetFormat.self)
    try writer.append(table, Progress())
    #expect(try writer.finish(Progress()) == DurableFile.read(path, limit: .max).count)
    let source = ParquetFormat.source(path, ReadingRequest())
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.declaredSchema()?.schema == table.schema)
    #expect(try source.expectedRows(ScanRequest(limit: 10)) == 10)
  }

  @Test func aCancelledWritingIsAnError() throws {
    let progress = Progress()
    progress.cancel()
    var encoder = ParquetEncoder(Table([("x", .int(Cells([1])))]))
    _ = try encoder.append(Table([("x", .int(Cells([1])))]), progress)
    #expect(throws: SourceError(source: "", reason: .cancelled)) { try encoder.finish(progress) }
  }

  @Test func theFilesOfAGlobAreOneTable() throws {
    let folder = "/tmp/mlp-parquet-\(getpid())-glob"
    mkdir(folder, 0o700)
    let tables = [
      Table([("a", .int(Cells([1, 2]))), ("t", .text(TextCells(["x", nil])))]),
      Table([("t", .text(TextCells(["y"]))), ("a", .float(Cells([0.5])))]),
    ]
    let paths = tables.indices.map { "\(folder)/\($0).parquet" }
    defer {
      for path in paths { unlink(path) }
      rmdir(folder)
    }
    for (path, table) in zip(paths, tables) { try DurableFile.write(try file(table), to: path) }
    let source = ConcatenatedSource(
      paths.map { ParquetFormat.source($0, ReadingRequest()) }, paths: paths, union: false)
    let read = try source.read(columns: nil, Progress())
    #expect(read.table == Table([("a", .float(Cells([1, 2, 0.5]))), ("t", .text(TextCells(["x", nil, "y"])))]))
    #expect(read.notes.first == "2 files")
  }
}
