import Formats
import Kernels
import Tables
import Testing

@testable import Arrow

/// Damaged and lying files end in an error, within bounded memory and never in a trap.
@Suite struct HostileFileTests {
  private static let table = Table.random(seed: 12, rows: 20)

  @Test(arguments: [false, true]) func aFileThatIsCutAnywhereIsAnErrorOrWhole(isStream: Bool) throws {
    let whole = try written(Self.table, isStream: isStream)
    var read = 0
    for count in 0..<whole.count {
      guard let table = try? rows(Array(whole[..<count])).table else { continue }
      // A stream may end without its mark; between its messages it has fewer rows.
      #expect(isStream && (table.rowCount == 0 || table == Self.table), "cut after \(count)")
      read += 1
    }
    #expect(isStream ? read > 0 : read == 0)
  }

  @Test(arguments: 0..<8 as Range<UInt64>) func damageIsAnErrorOrATable(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let whole = try written(Self.table, isStream: seed % 2 == 0)
    var outcomes = 0
    for _ in 0..<600 {
      var bytes = whole
      for _ in 0...random.next(below: 4) {
        let place = random.next(below: bytes.count - 8)
        // Any byte, or a number that is far too large.
        if random.next(below: 2) == 0 {
          bytes[place] = UInt8(random.next(below: 256))
        } else {
          for offset in 0..<4 { bytes[place + offset] = 0xFF }
          bytes[place + 3] = UInt8(random.next(below: 2)) * 0x80 + 0x7F
        }
      }
      do throws(SourceError) {
        let table = try source(bytes).read(ScanRequest(limit: 1 << 16), Progress()).table
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
        outcomes |= 1
      } catch { outcomes |= 2 }
    }
    #expect(outcomes == 3)
  }

  private func int8(_ values: [Int8]) -> MadeColumn { MadeColumn("i", type: 2, [.int(8), .bool(true)], values) }

  @Test func aBatchOfMoreRowsThanBytesIsAnError() {
    for rows in [4, 1 << 20, 1 << 39, 1 << 41] {
      var column = int8([1, 2, 3])
      column.nodes = [(rows, 0)]
      #expect(!badFormat(MadeStream.of([column], rows: rows)).isEmpty, "\(rows) rows")
    }
    var column = int8([1, 2, 3])
    column.nodes = [(2, 0)]
    #expect(badFormat(MadeStream.of([column], rows: 3)).contains("column 'i' has not as many cells"))
  }

  @Test func textsThatLeadAstrayAreErrorsThatNameTheColumn() {
    func texts(_ ends: [Int32], _ bytes: [UInt8] = Array("abc".utf8)) -> String {
      badFormat(
        MadeStream.of([
          MadeColumn("t", type: 5, rows: ends.count - 1, buffers: [[], ArrowTests.bytes(ends), bytes])
        ]))
    }
    #expect(texts([0, 2, 1]).contains("column 't' has texts that end before they begin"))
    #expect(texts([-1, 2]).contains("column 't'"))
    #expect(texts([0, 4]).contains("column 't' has texts beyond its buffer"))
    #expect(texts([0, .max]).contains("column 't' has texts beyond its buffer"))
    #expect(texts([0, 2], [0x61, 0xFF]).contains("column 't' has a text that is not UTF-8"))
    // Two halves of one character are no texts, though together they are.
    #expect(texts([0, 1, 2], Array("é".utf8)).contains("column 't' has a text that is not UTF-8"))
  }

  @Test(
    arguments: [
      [13, 0, 1, 0], [13, 0, 0, 2], [13, 0, 0, -1], [13, 0, -1, 0], [.max, 0, 0, 0], [-1, 0, 0, 0],
    ] as [[Int32]])
  func aViewThatLeadsAstrayIsAnError(view: [Int32]) {
    var column = MadeColumn(
      "v", type: 24, rows: 1, buffers: [[], ArrowTests.bytes(view), Array("fourteen bytes".utf8)])
    column.variadicCounts = [1]
    #expect(badFormat(MadeStream.of([column])).contains("column 'v' has texts beyond its buffers"))
    column.variadicCounts = [1 << 40]
    #expect(!badFormat(MadeStream.of([column])).isEmpty)
  }

  @Test func lyingCompressedLengthsAreErrors() {
    for codec in [0, 1] as [UInt8] {
      for claimed in [8, 1 << 40, .max, -2, 0] as [Int64] {
        var stream = MadeStream()
        let column = MadeColumn(
          "i", type: 2, [.int(8), .bool(true)], rows: 8,
          buffers: [[], ArrowTests.bytes([claimed]) + [0x04, 0x22, 0x4D, 0x18, 1, 2, 3, 4, 5]])
        stream.schema([column.field])
        stream.batch([column], codec: codec)
        #expect(!badFormat(stream.bytes).isEmpty, "\(codec) \(claimed)")
      }
    }
  }

  @Test func whatIsNotCompressedMayStandAmongWhatIs() throws {
    var stream = MadeStream()
    let column = MadeColumn(
      "i", type: 2, [.int(8), .bool(true)], rows: 2, buffers: [[], ArrowTests.bytes([-1] as [Int64]) + [7, 8]])
    stream.schema([column.field])
    stream.batch([column], codec: 1)
    #expect(try rows(stream.bytes).table.words("i") == ["7", "8"])
  }

  @Test func bodiesThatAreNotThereAreErrors() {
    var stream = MadeStream()
    stream.schema([int8([]).field])
    stream.put(3, [.long(1)], body: [], bodyLength: 1 << 40)
    #expect(badFormat(stream.bytes).contains("ends before all of its rows"))
  }

  @Test func whatIsOfAnotherFormatIsSaid() {
    let expected: [(bytes: [UInt8], words: String)] = [
      ([], "empty"), (Array("FEA1....".utf8), "version 1 of Feather"),
      ([0x1F, 0x8B] + [0, 0, 0, 0, 0, 0], "compressed"),
      (Array("PAR1....".utf8), "Parquet"), (Array("a,b\n1,2\n".utf8), "no Arrow file"), ([1, 2], "no Arrow file"),
    ]
    for (bytes, words) in expected { #expect(badFormat(bytes).contains(words), "\(words)") }
    var stream = MadeStream()
    stream.schema([int8([]).field], isBigEndian: true)
    #expect(badFormat(stream.bytes).contains("big-endian"))
    var old = MadeStream(version: 2)
    old.schema([int8([]).field])
    #expect(badFormat(old.bytes).contains("version 3"))
    var tensor = MadeStream()
    tensor.put(4, [], body: [])
    #expect(badFormat(tensor.bytes).contains("tensor"))
    #expect(
      badFormat(MadeStream.of([MadeColumn("x", type: 99, rows: 0, buffers: [])])).contains("column 'x' is of a type"))
  }

  /// A field that is its own child, again and again, through offsets that all lead to one place.
  @Test func fieldsWithinFieldsAreBounded() {
    func nested(_ depth: Int) -> FlatValue {
      MadeColumn.field("s", 13, [], children: depth == 0 ? [] : [nested(depth - 1)])
    }
    var stream = MadeStream()
    stream.schema([nested(100)])
    #expect(failure(stream.bytes)?.reason == .tooLarge("columns within columns, deeper than 64"))
  }

  /// The same message listed again and again would make of a short file a long one.
  @Test func aFooterListsEachMessageOnce() throws {
    let bytes = try written(Self.table)
    let footer = try Footer(MemoryStream(bytes), source: "t")
    let block = try #require(footer.blocks.first)
    let fields = WrittenColumn.all(Self.table).map(\.field)
    func file(_ count: Int) -> [UInt8] {
      var list: [UInt8] = []
      for _ in 0..<count {
        list += ArrowTests.bytes([Int64(block.offset)]) + ArrowTests.bytes([Int32(block.metadataLength), 0])
        list += ArrowTests.bytes([Int64(block.bodyLength)])
      }
      let end = FlatBuilder.message([
        .short(4), .table([.short(0), .tables(fields)]), .structs([], count: 0), .structs(list, count: count),
      ])
      return bytes + end + ArrowTests.bytes([UInt32(end.count)]) + Footer.magic
    }
    #expect(try rows(file(1)).table == Self.table)
    #expect(!badFormat(file(1000)).isEmpty)
  }

  @Test func cancellingEndsTheReading() throws {
    let progress = Progress()
    progress.cancel()
    let error = #expect(throws: SourceError.self) {
      try source(written(Self.table)).read(columns: nil, progress)
    }
    #expect(error?.reason == .cancelled)
  }
}
