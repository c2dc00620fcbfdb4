import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// What a scan gives, chunk after chunk: the same rows, notes and errors whatever the threads, the blocks and the compression.
@Suite(.serialized) struct ScanTests {
  /// Texts with quotes, line breaks in them, CR LF, missing cells, blank lines, rows that do not fit and numbers of all sorts.
  static func text(seed: UInt64, rows: Int) -> String {
    var random = CounterRandom(seed: seed)
    let ending = random.next(below: 2) == 0 ? "\n" : "\r\n"
    let isRagged = random.next(below: 3) == 0
    let hasWords = random.next(below: 2) == 0
    var lines = ["k,n,x,word,note,day"]
    for row in 0..<rows {
      let big = random.next(below: 400) == 0 ? "9007199254740993" : "\(row)"
      let number = random.next(below: 300) == 0 ? "0.5" : random.next(below: 9) == 0 ? "" : big
      let quoted = random.next(below: 4) == 0 ? "\"two\(ending)lines, \"\"\(row)\"\"\"" : "note \(row)"
      let word = hasWords && random.next(below: 6) == 0 ? "NA" : random.next(below: 9) == 0 ? "\"\"" : "w\(row % 5)"
      let day = random.next(below: 200) == 0 ? "never" : "2026-01-\(10 + row % 20)"
      let line = "\(row),\(number),\(Double(row) / 8),\(word),\(quoted),\(day)"
      lines.append(isRagged && random.next(below: 90) == 0 ? line + ",more" : line)
      if random.next(below: 100) == 0 { lines.append("") }
    }
    return lines.joined(separator: ending) + (random.next(below: 2) == 0 ? ending : "")
  }

  /// Everything that a reading tells.
  struct Answer: Equatable {
    var table: Table?
    var notes: [String] = []
    var error: SourceError?
    var chunked: Table?
  }

  static func answer(_ bytes: [UInt8], blockSize: Int?, threads: Int, reject: Bool) -> Answer {
    Threads.set(threads)
    defer { Threads.set(2) }
    var options = DelimitedOptions()
    options.blockSize = blockSize
    options.missing = ["", "NA"]
    options.onConflict = reject ? .reject : .stop
    let source = DelimitedSource(bytes: bytes, name: "t.csv", options: options)
    var answer = Answer()
    do throws(SourceError) {
      let rows = try source.read(ScanRequest(), Progress())
      answer.table = rows.table
      answer.notes = rows.notes
      var chunks: [Table] = []
      let report = try source.scan(ScanRequest(), Progress()) { (chunk) throws(SourceError) in
        chunks.append(chunk)
        return .more
      }
      answer.chunked = ChunkedTable(chunks, report).whole()
    } catch { answer.error = error }
    return answer
  }

  @Test(arguments: 0..<24 as Range<UInt64>)
  func threadsBlocksAndCompressionNeverShow(seed: UInt64) throws {
    let bytes = Array(Self.text(seed: seed, rows: 60 + Int(seed) * 90).utf8)
    let packed = GzipWriter.compress(bytes)
    for reject in [false, true] {
      let whole = Self.answer(bytes, blockSize: nil, threads: 1, reject: reject)
      #expect(whole.error != nil || whole.table == whole.chunked)
      for (blockSize, threads) in [(seed < 3 ? 1 : 23, 1), (64, 3), (700, 2), (4096, 4)] {
        let other = Self.answer(bytes, blockSize: blockSize, threads: threads, reject: reject)
        #expect(other == whole, "blocks of \(blockSize) bytes")
        #expect(Self.answer(packed, blockSize: blockSize, threads: threads, reject: reject) == whole, "gzip")
      }
    }
  }

  @Test func aRowByRowReadingGivesTheSameRows() throws {
    // Every row is of its own block, so that none is parsed column by column with others.
    let text = "a,b,c\n" + (0..<500).map { "\($0),\($0).5,w\($0 % 3)\n" }.joined()
    let table = try table(text)
    #expect(try rowByRow(text, blockSize: 1) == table)
    #expect(table["b"] == .float(Cells((0..<500).map { Double($0) + 0.5 })))
  }

  private func rowByRow(_ text: String, blockSize: Int) throws -> Table {
    try FormatsTests.table(text) { $0.blockSize = blockSize }
  }

  @Test func aLimitStopsTheReadingEarly() throws {
    let text = "k,v\n" + (0..<200_000).map { "a\($0 % 3),\($0)\n" }.joined()
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    var given = 0
    let report = try source.scan(ScanRequest(limit: 1234), Progress()) { (chunk) throws(SourceError) in
      given += chunk.rowCount
      return .more
    }
    #expect(given == 1234 && report.rowCount == 1234)
    #expect(report.byteCount < text.utf8.count / 4)
    #expect(try source.read(ScanRequest(columns: ["v"], limit: 3), Progress()).table.words("v") == ["0", "1", "2"])
  }

  @Test func whoTakesMayStop() throws {
    var options = DelimitedOptions()
    options.blockSize = 4096
    let text = "k,v\n" + (0..<200_000).map { "a\($0 % 3),\($0)\n" }.joined() + "b,x\n"
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv", options: options)
    var chunks = 0
    let report = try source.scan(ScanRequest(), Progress()) { (_) throws(SourceError) in
      chunks += 1
      return chunks == 3 ? .stop : .more
    }
    #expect(chunks == 3)
    #expect(report.byteCount < text.utf8.count / 2)
    #expect(throws: SourceError.self) {
      try source.scan(ScanRequest(), Progress()) { (_) throws(SourceError) in
        throw SourceError(source: "taker", reason: .tooLarge("enough"))
      }
    }
  }

  @Test(arguments: [1, 3]) func fewBlocksAreUnderWayHoweverSlowTheTakerIs(threads: Int) throws {
    Threads.set(threads)
    defer { Threads.set(2) }
    let text = "k,v\n" + (0..<100_000).map { "a\($0 % 3),\($0)\n" }.joined()
    let bytes = Array(text.utf8)
    var options = DelimitedOptions()
    options.blockSize = 4096
    let source = DelimitedSource(bytes: bytes, name: "t.csv", options: options)
    let scan = try DelimitedReading([source], union: false).prepared(ScanRequest())
    var taken = 0
    _ = try scan.run(Progress()) { (chunk) throws(SourceError) in
      if taken % 50_000 < chunk.rowCount { usleep(20_000) }
      taken += chunk.rowCount
      return .more
    }
    #expect(taken == 100_000)
    // Of more than two hundred; other tests may set the number of threads meanwhile, to 4 at most.
    #expect(bytes.count > 200 * 4096)
    #expect((1...2 * 4 + 2).contains(scan.feed.mostUnderWay))
  }

  @Test func anOpenColumnComesAsItIsSoFarAndTheReportSettlesIt() throws {
    var options = DelimitedOptions()
    options.blockSize = 4096
    let text = "k,n,late\n" + String(repeating: "a,1,\n", count: 40_000) + "a,2.5,7\nb,3,8\n"
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv", options: options)
    var types: Set<ColumnType> = []
    var chunks: [Table] = []
    let report = try source.scan(ScanRequest(), Progress()) { (chunk) throws(SourceError) in
      if let column = chunk["n"] { types.insert(column.type) }
      chunks.append(chunk)
      return .more
    }
    #expect(types == [.int, .float])
    #expect(report.schema == Schema([Field("k", .text), Field("n", .float), Field("late", .int)]))
    let whole = ChunkedTable(chunks, report).whole()
    #expect(try whole == source.read(columns: nil, Progress()).table)
    #expect(whole["late"]?[40_000] == .int(7))
    // Whoever streams runs again with the types.
    let types2 = Dictionary(uniqueKeysWithValues: report.schema.fields.map { ($0.name, $0.type) })
    var again: [Table] = []
    let second = try source.scan(ScanRequest(types: types2), Progress()) { (chunk) throws(SourceError) in
      #expect(chunk.schema == report.schema)
      again.append(chunk)
      return .more
    }
    #expect(ChunkedTable(again, second).whole() == whole)
  }

  @Test func theRowsOfChunksAreThoseOfTheFile() throws {
    let text = "id,word\n" + (0..<50_000).map { "\($0),word \($0 % 700)\n" }.joined()
    var options = DelimitedOptions()
    options.blockSize = 5000
    var chunks: [Table] = []
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv", options: options)
    let report = try source.scan(ScanRequest(), Progress()) { (chunk) throws(SourceError) in
      chunks.append(chunk)
      return .more
    }
    #expect(chunks.count > 50)
    let whole = ChunkedTable(chunks, report).select(["word", "id"]).whole()
    #expect(whole.names == ["word", "id"])
    #expect(whole["id"] == .int(Cells((0..<50_000).map { Int64($0) })))
    guard case .text(let cells) = whole["word"], case .dictionary(_, let words) = cells.storage else {
      Issue.record("words that repeat are no dictionary")
      return
    }
    #expect(words == (0..<700).map { "word \($0)" })
  }
}
