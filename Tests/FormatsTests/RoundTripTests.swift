import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// What is written reads back as the same cells.
struct RoundTripTests {
  private static let pieces = [
    "", "a", "NA", ",", "\"", "\n", "\r\n", "\r", ";", "\t", " ", "é", "日本", "🙂", "null", "true", "1", "007", "\"\"",
    "x,y",
    "2026-01-31", "-", "'", "\\", "#", "e\u{301}", "\u{FEFF}",
  ]

  /// A table of all types that a file can hold, with missing cells.
  static func table(seed: UInt64, rows: Int) -> Table {
    var random = CounterRandom(seed: seed)
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in random.next(below: 5) == 0 ? nil : make(&random) }
    }
    let texts = cells { random in
      (0..<random.next(below: 4)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    let floats = cells { random -> Double in
      let value = Double(bitPattern: random.next())
      return value.isNaN ? 0.1 : value
    }
    return Table([
      ("text, \"quoted\"", .text(TextCells(texts))),
      ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("int", .int(Cells(cells { Int64(bitPattern: $0.next()) }, filler: 0))),
      ("float", .float(Cells(floats, filler: 0))),
      ("date", .date(Cells(cells { Int32($0.next(below: 3_652_058)) - 719_528 }, filler: 0))),
      ("moment", .datetime(Cells(cells { Int64($0.next(below: 4_000_000_000_000_000)) }, filler: 0))),
      ("words", .text(TextCells(cells { "w\($0.next(below: 3))" }))),
    ])
  }

  @Test(arguments: 0..<40 as Range<UInt64>, [UInt8(0x2C), 0x09])
  func randomTables(seed: UInt64, delimiter: UInt8) throws {
    let table = Self.table(seed: seed, rows: Int(seed) * 7)
    let text = DelimitedWriter.bytes(table, delimiter: delimiter)
    let back = try rows(text) { options in
      options.delimiter = Character(UnicodeScalar(delimiter))
      options.header = .present
      options.types = Dictionary(uniqueKeysWithValues: zip(table.names, table.columns.map(\.type)))
    }
    #expect(back.table == table)
  }

  @Test func typesAreFoundAgainWithoutBeingStated() throws {
    let table = Self.table(seed: 99, rows: 400)
    let back = try rows(DelimitedWriter.bytes(table)).table
    #expect(back == table)
  }

  @Test func aSingleTextColumnKeepsEmptyApartFromMissing() throws {
    let table = Table([("a", .text(TextCells(["x", "", nil, "y", nil, ""])))])
    #expect(try rows(DelimitedWriter.bytes(table)).table == table)
  }

  /// What the first rows are read back as is looked at when a file is written: nothing of these differs.
  @Test(arguments: ["csv", "tsv", "jsonl", "json", "arff"]) func farDatesAndOddNamesComeBack(ending: String) throws {
    let days: [Int32] = [-106_751_992, -2_440_588, -719_529, -719_528, 2_932_896, 2_932_897, 106_751_991]
    let moments: [Int64] = [
      .min, -210_866_803_200_000_001, -62_167_219_200_000_001, 0, 253_402_300_800_000_000, .max, 1,
    ]
    let table = Table([
      (" a name ", .date(Cells(days))), ("größe\t", .datetime(Cells(moments))), ("b, \"c\"", .int(Cells(Array(1...7)))),
    ])
    let formats: [String: any (TableReading & TableWriting).Type] = [
      "csv": CSVFormat.self, "tsv": TSVFormat.self, "jsonl": JSONLinesFormat.self, "json": JSONFormat.self,
      "arff": ARFFFormat.self,
    ]
    let format = try #require(formats[ending])
    let path = "/tmp/mlp-formats-\(getpid())-far.\(ending)"
    defer { unlink(path) }
    try format.write(table, to: path)
    let types = Dictionary(uniqueKeysWithValues: zip(table.names, table.types))
    let back = try format.source(path, ReadingRequest(expected: types)).read(columns: nil, Progress()).table
    #expect(back.columns == table.columns)
  }

  @Test func vectorsAreWrittenAsColumns() throws {
    let vector = VectorCells(names: ["gold", "silver"], values: [1, 0, 0, 1], count: 2)
    let text = DelimitedWriter.bytes(Table([("plan", .vector(vector)), ("n", .int(Cells([1, 2])))]))
    #expect(String(decoding: text, as: UTF8.self) == "plan_gold,plan_silver,n\n1.0,0.0,1\n0.0,1.0,2\n")
  }

  @Test(arguments: ["t.csv", "t.tsv", "t.csv.gz", "t.tsv.gz"])
  func filesOfEveryEnding(name: String) throws {
    let path = "/tmp/mlp-formats-\(getpid())-\(name)"
    defer { unlink(path) }
    let table = Self.table(seed: 7, rows: 3000)
    let format: any (TableReading & TableWriting).Type = name.contains("tsv") ? TSVFormat.self : CSVFormat.self
    #expect(try format.write(table, to: path) == DurableFile.read(path, limit: .max).count)
    let source = format.source(path, ReadingRequest())
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.declaredSchema()?.schema == table.schema)
  }

  @Test func writingIntoAFolderThatIsNotThereIsAnError() {
    #expect(throws: SourceError.self) { try CSVFormat.write(Table([]), to: "/nowhere/at/all.csv") }
  }

  @Test func theTableIsTheSameOnAnyNumberOfThreads() throws {
    let text = DelimitedWriter.bytes(Self.table(seed: 5, rows: 60_000))
    Threads.set(1)
    let one = try rows(text).table
    Threads.set(4)
    let four = try rows(text).table
    #expect(one == four)
    #expect(one == Self.table(seed: 5, rows: 60_000))
  }
}
