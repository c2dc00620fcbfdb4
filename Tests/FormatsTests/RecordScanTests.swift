import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// A scan of JSON Lines gives bounded chunks in order, which are the rows as one table.
@Suite(.serialized) struct RecordScanTests {
  private static let count = 60_000

  /// About 4 MB: whole numbers with a first fraction late, a key whose first value is late, words that repeat, and texts.
  private static func text(_ rows: Range<Int> = 0..<count) -> String {
    rows.map { row in
      let number = row == 50_000 ? "0.5" : "\(row)"
      let late = row < 40_000 ? "null" : "\(row % 3)"
      return #"{"n": \#(number), "late": \#(late), "word": "w\#(row % 7)", "text": "row \#(row) of many", "x": 0.25}"#
        + "\n"
    }.joined()
  }

  private func source(_ text: String, _ options: [String: RawValue] = [:]) -> any TableSource {
    JSONLinesFormat.source("t.jsonl", bytes: Array(text.utf8), ReadingRequest(Options(options)))
  }

  @Test func chunksAreBoundedAndInOrder() throws {
    let source = source(Self.text())
    var chunks: [Table] = []
    let report = try source.scan(ScanRequest(), Progress()) { chunk in
      chunks.append(chunk)
      return .more
    }
    #expect(chunks.count >= 4 && chunks.allSatisfy { $0.rowCount < 20_000 })
    #expect(report.rowCount == Self.count && report.schema["n"] == .float && report.schema["late"] == .int)
    let table = ChunkedTable(chunks, report).whole()
    #expect(table == (try source.read(ScanRequest(), Progress()).table))
    #expect(table["n"]?[3] == .float(3) && table["n"]?[50_000] == .float(0.5))
    #expect(table["late"]?.missingCount == 40_000 && table["late"]?[40_001] == .int(40_001 % 3))
    #expect(table["text"]?[59_999] == .text("row 59999 of many") && table["word"]?[8] == .text("w1"))
  }

  @Test(arguments: [1, 2, 5]) func theRowsAreTheSameOnAnyNumberOfThreads(threads: Int) throws {
    let source = source(Self.text())
    let expected = try source.read(ScanRequest(), Progress())
    Threads.set(threads)
    defer { Threads.set(2) }
    let read = try source.read(ScanRequest(), Progress())
    #expect(read.table == expected.table && read.notes == expected.notes)
  }

  /// What is behind the last row that is wanted settles nothing: no type, no note, no error.
  @Test(arguments: [1, 100, 20_000]) func aLimitEndsTheReadingAndKnowsNothingOfTheRest(limit: Int) throws {
    var lines = Self.text(0..<limit)
    lines += #"{"n": 0.5, "new": 1}"# + "\n" + #"{"n": "no number"}"# + "\n"
    let read = try source(lines).read(ScanRequest(limit: limit), Progress())
    #expect(read.table.rowCount == limit && read.notes.allSatisfy { !$0.contains("passed over") })
    #expect(limit < 1000 || read.table.schema["n"] == .int)
  }

  @Test func onlyTheColumnsThatAreAskedForAreGiven() throws {
    let source = source(Self.text(0..<3000))
    let all = try source.read(ScanRequest(), Progress()).table
    let some = try source.read(ScanRequest(columns: ["x", "word"]), Progress()).table
    #expect(some == all.select(["word", "x"]))
  }

  /// Lines that reach over several blocks, with a quote that is a part of a word, from a file and from a stream.
  @Test(arguments: [1, 2]) func linesLongerThanABlockAreReadWhole(threads: Int) throws {
    Threads.set(threads)
    defer { Threads.set(2) }
    let long = String(repeating: #"\"x, "#, count: 700_000)
    let short = Self.text(0..<9000)
    let text = short + #"{"text": "\#(long)"}"# + "\n" + short + #"{"text": "\#(long)", "n": 7}"#
    for bytes in [Array(text.utf8), GzipWriter.compress(Array(text.utf8))] {
      let table = try JSONLinesFormat.source("t.jsonl", bytes: bytes, ReadingRequest()).read(ScanRequest(), Progress())
        .table
      #expect(table.rowCount == 18_002 && table["n"]?[9000] == .missing && table["n"]?[18_001] == .int(7))
      #expect(table["text"]?[9000].description.utf8.count == 2_800_000)
      #expect(table["text"]?[9001] == .text("row 0 of many") && table["text"]?[18_001] == table["text"]?[9000])
    }
  }

  /// Words that repeat in the sample and no more from some row on.
  @Test(arguments: [1, 4]) func wordsMayTurnOutToRepeatTooLittle(threads: Int) throws {
    Threads.set(threads)
    defer { Threads.set(2) }
    let word = { (row: Int) in row < 40_000 || row > 140_000 ? "w\(row % 9)" : "only \(row)" }
    let text = (0..<160_000).map { #"{"w":"\#(word($0))","n":\#($0)}"# + "\n" }.joined()
    let table = try source(text).read(ScanRequest(), Progress()).table
    #expect(table.rowCount == 160_000)
    #expect((0..<160_000).allSatisfy { table["w"]?[$0] == .text(word($0)) })
  }

  /// Short records of a table with many columns are many cells.
  @Test func recordsWithFewOfManyKeysAreReadInSmallChunks() throws {
    let names = (0..<300).map { "\"column_\($0)\":\($0)" }
    let text =
      "{" + names.joined(separator: ",") + "}\n" + String(repeating: "{}\n", count: 100_000) + "{\"column_7\":8}\n"
    var (rows, largest) = (0, 0)
    _ = try source(text).scan(ScanRequest(), Progress()) { chunk in
      rows += chunk.rowCount
      largest = max(largest, chunk.rowCount)
      return .more
    }
    #expect(rows == 100_002 && largest < 25_000)
    let column = try source(text).read(ScanRequest(columns: ["column_7"]), Progress()).table
    #expect(column["column_7"]?.missingCount == 100_000 && column["column_7"]?[100_001] == .int(8))
  }

  /// Keys that come once each are passed over, and given up again.
  @Test(arguments: [1, 3]) func manyKeysThatAreNoColumnsArePassedOver(threads: Int) throws {
    Threads.set(threads)
    defer { Threads.set(2) }
    let lines = (0..<60_000).map { row in
      let other = row < 3000 ? "" : #","key_\#(row)":{"x":\#(row),"y":null},"again_\#(row % 9)":1"#
      return #"{"n":\#(row)\#(other),"o":{"p":"t\#(row % 4)"}}"#
    }
    let read = try source(lines.joined(separator: "\n")).read(ScanRequest(), Progress())
    #expect(read.table.names == ["n", "o.p"] && read.table.rowCount == 60_000)
    #expect(
      (0..<60_000).allSatisfy {
        read.table["n"]?[$0] == .int(Int64($0)) && read.table["o.p"]?[$0] == .text("t\($0 % 4)")
      })
    let words = "key_3000.x, again_3, key_3001.x, again_4, key_3002.x and 57004 more (line 3001)"
    #expect(read.notes.last == "keys that the first 64 KiB have not are passed over: \(words); `types` reads them")
  }

  @Test func aFileOfMoreColumnsThanATableHasIsRefused() {
    let names = (0..<100_001).map { "\"\($0)\":1" }.joined(separator: ",")
    #expect {
      try source("{\(names)}\n").read(ScanRequest(), Progress())
    } throws: { error in
      guard case .tooLarge? = (error as? SourceError)?.reason else { return false }
      return true
    }
  }

  @Test func ascanEndsWhereItIsTold() throws {
    var chunks = 0
    _ = try source(Self.text()).scan(ScanRequest(), Progress()) { _ in
      chunks += 1
      return .stop
    }
    #expect(chunks == 1)
  }

  // MARK: Several files

  private func with(_ files: [(name: String, text: String)], _ body: ([String]) throws -> Void) throws {
    let folder = "/tmp/mlp-records-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    #expect(mkdir(folder, 0o700) == 0)
    let paths = files.map { "\(folder)/\($0.name)" }
    defer {
      for path in paths { unlink(path) }
      rmdir(folder)
    }
    for (path, file) in zip(paths, files) { try DurableFile.write(Array(file.text.utf8), to: path) }
    try body(paths)
  }

  private func together(_ paths: [String]) -> ConcatenatedSource {
    let parts: [any TableSource] = paths.map { path in
      path.hasSuffix("jsonl")
        ? JSONLinesFormat.source(path, ReadingRequest()) : DelimitedSource(path: path, options: DelimitedOptions())
    }
    return ConcatenatedSource(parts, paths: paths, union: false)
  }

  @Test func filesAgreeOnTypesBeforeARowIsKept() throws {
    let files = [("a.jsonl", #"{"v": 5, "n": 1}"#), ("b.jsonl", #"{"v": "low", "n": 1.5, "more": true}"#)]
    try with(files) { paths in
      let source = together(paths)
      let schema = Schema([Field("v", .text), Field("n", .float), Field("more", .bool)])
      #expect(try source.declaredSchema()?.schema == schema)
      let read = try source.read(ScanRequest(), Progress())
      #expect(read.table.schema == schema && read.table.rowCount == 2)
      #expect(read.table["v"]?[0] == .text("5") && read.table["n"]?[0] == .float(1))
      #expect(read.table["more"]?[0] == .missing)
      #expect(read.notes == ["2 files", "v: numbers and texts, kept as text"])
    }
  }

  @Test func filesOneAfterTheOtherAreTheirRowsInOne() throws {
    let half = Self.count / 2
    let files = [("a.jsonl", Self.text(0..<half)), ("b.jsonl", Self.text(half..<Self.count))]
    try with(files) { paths in
      let whole = try source(Self.text()).read(ScanRequest(), Progress()).table
      #expect(try together(paths).read(ScanRequest(), Progress()).table == whole)
    }
  }

  @Test func aRecordThatDoesNotFitNamesItsFileAndLine() throws {
    let lines = String(repeating: #"{"v": 5}"# + "\n", count: 20_000)
    try with([("a.jsonl", lines), ("b.jsonl", lines + #"{"v": true}"#)]) { paths in
      #expect {
        try together(paths).read(ScanRequest(), Progress())
      } throws: { error in
        (error as? SourceError)
          == SourceError(
            source: paths[1], reason: .badCell(row: 20_001, column: "v", text: "true", type: .int, others: 0),
            line: 20_001)
      }
    }
  }

  /// Lines and lists of the same objects are one table.
  @Test func linesAndListsAreReadTogether() throws {
    let list = "[" + Self.text(500..<1000).split(separator: "\n").joined(separator: ",\n") + "]"
    try with([("a.jsonl", Self.text(0..<500)), ("b.json", list), ("c.json", Self.text(1000..<1500))]) { paths in
      let parts = paths.map { path -> any TableSource in
        let format: any TableReading.Type = path.hasSuffix("jsonl") ? JSONLinesFormat.self : JSONFormat.self
        return format.source(path, ReadingRequest())
      }
      let read = try ConcatenatedSource(parts, paths: paths, union: false).read(ScanRequest(), Progress()).table
      #expect(read == (try source(Self.text(0..<1500)).read(ScanRequest(), Progress()).table))
    }
  }

  @Test func filesOfTwoFormatsAreRefused() throws {
    try with([("a.jsonl", #"{"v": 5}"#), ("b.csv", "v\n5\n")]) { paths in
      #expect {
        try together(paths).declaredSchema()
      } throws: { error in
        guard let error = error as? SourceError, case .badFormat(let words) = error.reason else { return false }
        return error.source == paths[1] && words.contains("another format than \(paths[0])")
      }
    }
  }
}
