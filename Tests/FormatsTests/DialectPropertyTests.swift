import Kernels
import Tables
import Testing

@testable import Formats

/// Random tables in random dialects are read as the same tables, whatever the blocks.
struct DialectPropertyTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func tablesComeBack(seed: UInt64) throws {
    var random = CounterRandom(seed: seed, stream: 77)
    let dialect = WrittenDialect(&random)
    let written = dialect.table(&random, rows: 1 + random.next(below: seed % 20 == 0 ? 3000 : 60))
    var options = dialect.options(written)
    let source = DelimitedSource(bytes: dialect.bytes(written), name: "t.csv", options: options)
    let read = try source.read(columns: nil, Progress()).table
    let names = dialect.hasHeader ? written.names : written.names.indices.map { "column_\($0 + 1)" }
    #expect(read == Table(Array(zip(names, written.columns)), rowCount: written.rowCount), "\(dialect)")
    options.blockSize = 64 + random.next(below: 400)
    let blocks = DelimitedSource(bytes: dialect.bytes(written), name: "t.csv", options: options)
    #expect(try blocks.read(columns: nil, Progress()).table == read, "\(dialect)")
    let pruned = try source.read(columns: [names[2]], Progress()).table
    #expect(pruned.columns.first == read.columns[2])
  }

  /// The cases of the csv-spectrum collection, in words of our own.
  @Test(arguments: [
    ("first,last\nAnn,\"Hill, Jr.\"\n", ["Ann", "Hill, Jr."]),
    ("a,b\n1,\"ha \"\"ha\"\" ha\"\n", ["1", "ha \"ha\" ha"]),
    (
      "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.5, 2.5]}\"\n",
      ["1", "{\"type\": \"Point\", \"at\": [1.5, 2.5]}"]
    ),
    ("a,b\r\n1,\"Once \nupon\"\r\n", ["1", "Once \nupon"]),
    ("a,b\n1,\"one \"\"two\"\"\nthree\"\n", ["1", "one \"two\"\nthree"]),
    ("a,b\r1,2\r", ["1", "2"]), ("a,b\n\"\",ʤ\n", ["", "ʤ"]), ("a,b\n ,\" \"\n", [" ", " "]),
    ("a,b\n\"1\n\n\n2\",x\n", ["1\n\n\n2", "x"]),
  ])
  func usualCases(text: String, cells: [String]) throws {
    let table = try table(text) { $0.types = [:] }
    #expect(table.rowCount == 1)
    #expect(table.columns.map { $0[0].description } == cells)
  }

  /// Recoders give the same bytes for pieces of any size.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func piecesOfAnySizeAreRecodedAlike(seed: UInt64) throws {
    var random = CounterRandom(seed: seed, stream: 78)
    let alphabet: [UInt8] = Array("ab,;'\"\\#\n\r\r\n x".utf8)
    let bytes = (0..<random.next(below: 400)).map { _ in alphabet[random.next(below: alphabet.count)] }
    let marks = DialectRecoder.Marks(
      delimiter: 0x2C, quote: [0x22, 0x27, nil][random.next(below: 3)], escape: [0x5C, nil][random.next(below: 2)],
      comment: Array(["#", "", "##"][random.next(below: 3)].utf8),
      lineEnd: LineEnd.allCases[random.next(below: 3)])
    let above = random.next(below: 3)
    func recoded(_ recoder: any TextRecoder, pieces: Bool) throws -> [UInt8] {
      if !pieces { return try recoder.take(bytes, isLast: true) }
      var result: [UInt8] = []
      var at = 0
      while at < bytes.count {
        let count = min(bytes.count - at, 1 + random.next(below: 7))
        result += try recoder.take(Array(bytes[at..<at + count]), isLast: false)
        at += count
      }
      return try result + recoder.take([], isLast: true)
    }
    let makers: [() -> any TextRecoder] = [
      { DialectRecoder(marks, above: above, limit: 1 << 20, source: "t") },
      { LastLinesRecoder(2, lineEnd: 0x0A, limit: 1 << 20, source: "t") },
      { SingleByteRecoder(isWindows: false, source: "t") },
    ]
    for make in makers { #expect(try recoded(make(), pieces: true) == recoded(make(), pieces: false)) }
  }
}
