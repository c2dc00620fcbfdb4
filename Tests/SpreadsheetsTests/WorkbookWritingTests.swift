import Descriptions
import Formats
import Glibc
import Kernels
import Tables
import Testing

@testable import Spreadsheets

/// What is written reads back as the same cells.
struct WorkbookWritingTests {
  private static let pieces = [
    "", "a", "NA", "<b>", "&amp;", "\"", "'", "\n", "\r\n", "\r", "\t", " ", "é", "日本", "🙂", "_x0041_", "_x", "\u{1}",
    "007",
    "#N/A", "=1+1", "]]>", "\u{FEFF}", "2026-01-31",
  ]

  private static func table(seed: UInt64, rows: Int) -> Table {
    var random = CounterRandom(seed: seed)
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in random.next(below: 4) == 0 ? nil : make(&random) }
    }
    let texts = cells { random in
      (0..<random.next(below: 4)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    let floats = cells { random -> Double in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : 0.1
    }
    let fewDays = cells { Int32($0.next(below: 40_000)) - 30_000 }
    let moments = cells {
      Int64($0.next(below: 3_000_000_000)) * 1_000_000 + Int64([0, 250_000, 1][$0.next(below: 3)])
    }
    return Table([
      ("text \"quoted\" <x>", .text(TextCells(texts))),
      ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("int", .int(Cells(cells { Int64(bitPattern: $0.next()) >> Int64($0.next(below: 60)) }, filler: 0))),
      ("float", .float(Cells(floats, filler: 0))), ("date", .date(Cells(fewDays, filler: 0))),
      ("moment", .datetime(Cells(moments, filler: 0))),
      ("words", .text(TextCells(cells { "w\($0.next(below: 3))" }))),
    ])
  }

  private func bytes(_ chunks: [Table]) throws(SourceError) -> [UInt8] {
    var encoder = try XLSXFormat.encoder(chunks[0])
    var result: [UInt8] = []
    for chunk in chunks { result += try encoder.append(chunk, Progress()) }
    return try result + encoder.finish(Progress())
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func randomTables(seed: UInt64) throws {
    let table = Self.table(seed: seed, rows: Int(seed) * 9)
    let types = Dictionary(uniqueKeysWithValues: zip(table.names, table.columns.map(\.type)))
    let read = try XLSXFormat.source(try bytes([table]), types: types).read(columns: nil, Progress()).table
    #expect(read == table)
  }

  @Test func chunksDoNotShow() throws {
    let table = Self.table(seed: 3, rows: 5000)
    let chunks = [table.head(1), table.take(Array(1..<1700)), table.take(Array(1700..<5000))]
    #expect(try bytes(chunks) == bytes([table]))
  }

  @Test func typesAreFoundAgain() throws {
    let table = Table([
      ("k", .int(Cells([1, 2, 3]))), ("f", .float(Cells([1, 2, 3]))), ("b", .bool(Cells([true, false, true]))),
      ("d", .date(Cells([20_000, 20_001, 20_002]))),
      ("m", .datetime(Cells([1_700_000_000_123_000, 1_700_000_000_000_000, 1_800_000_000_000_000]))),
      ("t", .text(TextCells(["1", "", "true"]))),
    ])
    let read = try rows(try bytes([table]))
    #expect(read.table == table)
    #expect(read.notes.isEmpty)
  }

  @Test func rowsOfNothingStay() throws {
    let table = Table([
      ("a", .int(Cells([nil, 1, nil, nil], filler: 0))), ("b", .text(TextCells([nil, "x", nil, nil]))),
    ])
    let read = try rows(try bytes([table]))
    #expect(read.table == table)
    #expect(read.notes == ["column 'a': 3 error cells are missing (#N/A)"])
    let single = Table([("a", .text(TextCells(["x", nil, "y"])))])
    #expect(try rows(try bytes([single])).table == single)
  }

  @Test func vectorsAreWrittenAsColumns() throws {
    let vector = VectorCells(names: ["gold", "silver"], values: [1, 0, 0, 1], count: 2)
    let read = try rows(try bytes([Table([("plan", .vector(vector)), ("n", .int(Cells([1, 2])))])])).table
    #expect(read.names == ["plan_gold", "plan_silver", "n"])
    #expect(read.words("plan_silver") == ["0.0", "1.0"])
  }

  @Test func whatASheetCannotHoldIsRefused() throws {
    let wide = Table((0..<16_385).map { ("c\($0)", Column.int(Cells([1]))) })
    #expect(throws: SourceError.self) { try bytes([wide]) }
    let long = Table([("t", .text(TextCells([String(repeating: "é", count: 32_768)])))])
    #expect(throws: SourceError.self) { try bytes([long]) }
    let fits = Table([("t", .text(TextCells([String(repeating: "🙂", count: 16_383)])))])
    #expect(try rows(try bytes([fits])).table == fits)
    let many = Table([("k", .int(Cells([Int64](repeating: 1, count: 1_048_576))))])
    var encoder = try XLSXFormat.encoder(many)
    #expect(throws: SourceError.self) { try encoder.append(many, Progress()) }
  }

  @Test func filesTakeTheirPlaceWhenTheyAreRight() throws {
    let path = "/tmp/mlp-sheet-\(getpid()).xlsx"
    defer { unlink(path) }
    let table = Self.table(seed: 5, rows: 800)
    let writer = try TableFileWriter(path: path, XLSXFormat.self)
    try writer.append(table.head(500), Progress())
    try writer.append(table.take(Array(500..<800)), Progress())
    #expect(try writer.finish(Progress()) == DurableFile.read(path, limit: .max).count)
    let types = RawValue.record(zip(table.names, table.columns).map { RawField($0, .word($1.type.rawValue)) })
    let source = XLSXFormat.source(path, ReadingRequest(Options(["types": types])))
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.declaredSchema()?.schema == table.schema)
    // What was found is found anew when the file is another.
    let other = try TableFileWriter(path: path, XLSXFormat.self)
    let small = Table([("z", .int(Cells([7])))])
    try other.append(small, Progress())
    _ = try other.finish(Progress())
    let again = XLSXFormat.source(path, ReadingRequest())
    #expect(try again.read(columns: nil, Progress()).table == small)
  }
}
