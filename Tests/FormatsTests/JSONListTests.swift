import CVector
import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// A document of JSON is a list of objects, which is read a block at a time and says where it is wrong.
@Suite(.serialized) struct JSONListTests {
  private func source(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) -> any TableSource {
    JSONFormat.source("t.json", bytes: bytes, ReadingRequest(Options(options)))
  }

  private func rows(_ text: String, _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
    try source(Array(text.utf8), options).read(ScanRequest(), Progress())
  }

  private func failure(_ text: String, _ options: [String: RawValue] = [:]) -> SourceError? {
    do throws(SourceError) {
      _ = try rows(text, options)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    #"[{"a":1,"b":"x"},{"a":2,"b":null}]"#, "\u{FEFF} [ {\"a\" : 1 , \"b\":\"x\"} , {\"a\":2} ]\n\n",
    "[\n  {\n    \"a\": 1,\r\n    \"b\": \"x\"\n  },\n  {\n\t\"b\": null, \"a\": 2\n  }\n]",
    "[\n{\"a\":1,\"b\":\"x\"}\n,{\"a\":2}]", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}\n",
    "{\"a\":1,\"b\":\"x\"}\n\n {\"a\":2}",
  ])
  func objectsAreRows(text: String) throws {
    let table = try rows(text).table
    #expect(table.names == ["a", "b"] && table.types == [.int, .text])
    #expect(table.words("a") == ["1", "2"] && table["b"]?[0] == .text("x") && table["b"]?[1] == .missing)
    #expect(try source(Array(text.utf8)).declaredSchema()?.schema == table.schema)
  }

  @Test(arguments: ["[]", " [ \n ] "]) func aListWithoutElementsHasNoRows(text: String) throws {
    let table = try rows(text).table
    #expect(table.rowCount == 0 && table.names == [])
  }

  @Test(arguments: [
    ("", "it is empty"), ("  \n", "it is empty"), ("7", "begins with neither"), ("\"x\"", "begins with neither"),
    ("{\"a\":{\"0\":1,\"1\":2},\"b\":{\"0\":\"x\"}}", "it is an object of columns"),
    ("{\"a\":[1,2],\"b\":[3,4]}", "orient=\"records\""),
    ("{\"columns\":[\"a\"],\"index\":[0],\"data\":[[1]]}", "it is an object of columns"),
    ("[[1,2],[3,4]]", "a list of lists"),
    ("{\"count\":2,\"data\":[{\"a\":1},{\"a\":2}]}", "at 'data'"), ("{\"a\":1}", "it is one object"),
    ("{}", "it is one object"),
    ("{\n\"a\":1}\n{\n\"a\":2}", "one after the other"), ("{\"a\":1} {\"a\":2}", "one after the other"),
    ("{\"a\":1} x", "text behind"),
    ("{\"a\":", "it is one object"), ("\u{FF}\u{FE}", "begins with neither"),
  ])
  func otherDocumentsSayWhatTheyAre(text: String, words: String) {
    guard case .badFormat(let reason)? = failure(text)?.reason else {
      Issue.record("\(text) was read: \(String(describing: failure(text)))")
      return
    }
    #expect(reason.contains(words), "\(reason)")
  }

  @Test func anotherEncodingSaysSo() throws {
    let plain = "[{\"a\":1}]".utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    for bytes in [plain, [0xFF, 0xFE] + plain] {
      #expect { try source(bytes).read(ScanRequest(), Progress()) } throws: { error in
        guard case .badFormat(let words)? = (error as? SourceError)?.reason else { return false }
        return words.contains("UTF-16")
      }
    }
  }

  /// Where the list itself is wrong.
  @Test(arguments: [
    ("[{\"a\":1},\n{\"a\":2}\n", 3, "the list is not closed: ']' is missing, in column 1"),
    ("[{\"a\":1}}", 1, "'}' stands where the list ends, in column 9"),
    ("[\n ,{\"a\":1}]", 2, "before the first element, in column 2"),
    ("[{\"a\":1}]\n x", 2, "text behind the list, in column 2"),
    ("[{\"a\":1}] []", 1, "text behind the list, in column 11"),
    ("[{\"a\":\"1}]", 1, "the list is not closed"), ("[", 1, "the list is not closed"),
  ])
  func aListThatIsNoneNamesLineAndColumn(text: String, line: Int, words: String) {
    let error = failure(text, ["on_conflict": .word("reject")])
    #expect(error?.line == line)
    guard case .badFormat(let reason)? = error?.reason else {
      Issue.record("\(text): \(String(describing: error))")
      return
    }
    #expect(reason.contains(words), "\(reason)")
  }

  /// Where an element is wrong; the others can be read.
  @Test(arguments: [
    ("[{\"a\":1},\n{\"a\":2,}]", 2, "expected a name in quotes in column 8"),
    ("[{\"a\":1}\n,,{\"a\":3}]", 2, "expected an object in column 2"),
    ("[{\"a\":1},{\"a\":3}\n,\n]", 3, "expected an object in column 1"),
    ("[{\"a\":1},\n 5,{\"a\":3}]", 2, "is not a JSON object"),
    ("[{\"a\":1}\n {\"a\":2},{\"a\":3}]", 2, "text after the value in column 2"),
    ("[{\"a\":1},{\n\"a\":2,\n\"a\":3}]", 3, "'a' twice in one object in column 5"),
    ("[{\"a\":1},{\"a\":[1}}]", 1, "expected ',' or ']' in column 17"),
    ("[{\"a\":1},\n\u{FEFF}{\"a\":3}]", 2, "is not a JSON object"),
    ("[{\"a\":\"\\ud83d\"},{\"a\":1}]", 1, "half of a surrogate pair in column 8"),
  ])
  func anElementThatIsNoneNamesLineAndColumn(text: String, line: Int, words: String) throws {
    let error = failure(text)
    #expect(error?.line == line)
    guard case .badRow(_, nil, let problem, let others)? = error?.reason else {
      Issue.record("\(text): \(String(describing: error))")
      return
    }
    #expect(problem.contains(words) && others == 0, "\(problem)")
    let read = try rows(text, ["on_conflict": .word("reject")])
    #expect(read.notes.last == "1 row rejected" && read.table.rowCount >= 1)
  }

  @Test func aValueThatDoesNotFitNamesItsLine() throws {
    let many = String(repeating: "{\"a\":1},\n", count: 9000)
    let error = failure("[" + many + "{\n\"b\": 2,\n\"a\": true}]")
    #expect(error?.line == 9003)
    #expect(error?.reason == .badCell(row: 9001, column: "a", text: "true", type: .int, others: 0))
    let late = try rows("[" + many + "{\"a\": 2},\n{\"c\": 3}]")
    #expect(late.notes == ["keys that the first 64 KiB have not are passed over: c (line 9002); `types` reads them"])
  }

  @Test func refusedElementsAreKept() throws {
    let path = "/tmp/mlp-json-rejects-\(getpid()).csv"
    defer { unlink(path) }
    _ = try rows("[{\"a\":1},\n{\"a\":1,}, 7]", ["rejects": .text(path)])
    let kept = try DelimitedSource(path: path).read(columns: nil, Progress()).table
    #expect(kept.words("line") == ["2", "2"] && kept.words("row") == ["{\"a\":1,}", "7"])
  }

  @Test func aLimitEndsTheReading() throws {
    let table = try rows("[{\"a\":1},{\"a\":2},{\"a\":", ["rows": .int(2)]).table
    #expect(table.words("a") == ["1", "2"])
  }

  // MARK: Blocks

  /// About 4 MB of objects with marks of all kinds in their texts, and one longer than a block.
  private static let objects: [String] = (0..<24_000).map { row in
    let marks = ["[", "]", "{", "}", ",", "\\\"", "\\\\", "\\n", ":", "é", " "]
    let text = (0..<row % 17).map { marks[(row * 7 + $0 * $0) % marks.count] }.joined()
    let long = row == 15_000 ? String(repeating: "\\\\\\\"],[{", count: 300_000) : ""
    return #"{"n":\#(row),"text":"\#(text)\#(long)","l":[{"x":"]"},[],"\#(text)"],"o":{"p":{"q":\#(row % 5)}}}"#
  }

  private static func list(_ mark: String) -> [UInt8] { Array(("[" + objects.joined(separator: mark) + "\n]\n").utf8) }

  @Test(arguments: [1, 2, 5], [",", ",\n", "\n , "]) func blocksNeverShow(threads: Int, mark: String) throws {
    Threads.set(threads)
    defer { Threads.set(2) }
    let lines = JSONLinesFormat.source("t", bytes: Array(Self.objects.joined(separator: "\n").utf8), ReadingRequest())
    let expected = try lines.read(ScanRequest(), Progress()).table
    let bytes = Self.list(mark)
    for bytes in [bytes, GzipWriter.compress(bytes)] {
      let read = try source(bytes).read(ScanRequest(), Progress())
      #expect(read.table == expected)
    }
    let path = "/tmp/mlp-json-blocks-\(getpid()).json"
    defer { unlink(path) }
    try DurableFile.write(bytes, to: path)
    #expect(try JSONFormat.source(path, ReadingRequest()).read(ScanRequest(), Progress()).table == expected)
  }

  /// Errors far down name their place, whatever the block that they are in.
  @Test func placesAreOfTheWholeText() throws {
    let before = Self.list(",\n").dropLast(3)
    func error(_ end: String) throws -> SourceError? {
      do throws(SourceError) {
        _ = try source(before + Array(end.utf8)).read(ScanRequest(), Progress())
        return nil
      } catch { return error }
    }
    let line = Self.objects.count
    #expect(try error(",\n  {\"n\":}]")?.line == line + 1)
    #expect(try error("\n] x")?.line == line + 1)
    #expect(try error("")?.line == line)
    let flat = Array(("[" + Self.objects.prefix(20_000).joined(separator: ",") + ",{\"n\":}]").utf8)
    #expect { try source(flat).read(ScanRequest(), Progress()) } throws: { error in
      guard let error = error as? SourceError, case .badRow(_, _, let words, _) = error.reason else { return false }
      return error.line == 1 && words.contains("in column \(flat.count - 1)")
    }
  }

  /// The cut of a text is the same in stretches of any length, and where a plain reading of it finds it.
  @Test(arguments: 0..<200 as Range<UInt64>) func theCutIsThatOfAPlainReading(seed: UInt64) {
    var random = CounterRandom(seed: seed)
    let alphabet = Array("[]{},\"\\ab \n".utf8)
    let bytes = (0..<random.next(below: 400)).map { _ in
      random.next(below: 4) == 0 ? UInt8(ascii: "x") : alphabet[random.next(below: alphabet.count)]
    }
    let padded = bytes + [UInt8](repeating: 0x22, count: 64)
    var expected = (last: -1, closed: -1)
    var (depth, isInside, isEscaped) = (1 + random.next(below: 3), false, false)
    var state = mlp_list_state(inside: 0, escapes: 0, depth: Int64(depth))
    for (place, byte) in bytes.enumerated() where expected.closed < 0 {
      if byte == UInt8(ascii: "\""), !isEscaped { isInside.toggle() }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      if !isInside {
        if byte | 0x20 == UInt8(ascii: "{") { depth += 1 }
        if byte | 0x20 == UInt8(ascii: "}") { depth -= 1 }
        if depth == 0 { expected.closed = place }
        if byte == UInt8(ascii: ","), depth == 1 { expected.last = place }
      }
    }
    var (found, at) = ((last: -1, closed: -1), 0)
    while at < bytes.count, found.closed < 0 {
      let count = min(bytes.count - at, 1 + random.next(below: 150))
      var closed = -1
      let last = padded.withUnsafeBufferPointer {
        $0.baseAddress.map { mlp_list_cut($0 + at, count, &state, &closed) } ?? -1
      }
      if last >= 0 { found.last = at + last }
      if closed >= 0 { found.closed = at + closed }
      at += count
    }
    #expect(found == expected, "\(String(decoding: bytes, as: UTF8.self))")
  }

  // MARK: Writing

  @Test(arguments: ["t.json", "t.json.gz", "t.json.zst"]) func aTableIsReadBack(name: String) throws {
    let path = "/tmp/mlp-json-\(getpid())-\(name)"
    defer { unlink(path) }
    for rows in [0, 1, 40_000] {
      let table = RoundTripTests.table(seed: 11, rows: rows)
      #expect(try JSONFormat.write(table, to: path) == DurableFile.read(path, limit: .max).count)
      let types = RawValue.record(zip(table.names, table.types).map { RawField($0, .word($1.rawValue)) })
      let source = JSONFormat.source(path, ReadingRequest(Options(["types": types])))
      #expect(try source.read(columns: nil, Progress()).table.rowCount == rows)
      if rows > 0 { #expect(try source.read(columns: nil, Progress()).table == table) }
    }
  }

  @Test func aTableIsAListWithAnObjectALine() throws {
    let path = "/tmp/mlp-json-\(getpid())-lines.json"
    defer { unlink(path) }
    let table = Table([
      ("a", .int(Cells([1, nil], filler: 0))), ("b\"", .text(TextCells(["x\n", "é"]))), ("d", .date(Cells([0, 1]))),
      ("f", .float(Cells([0.5, .infinity]))),
    ])
    try JSONFormat.write(table, to: path)
    let text = String(decoding: try DurableFile.read(path, limit: 1000), as: UTF8.self)
    #expect(
      text == """
        [
        {"a":1,"b\\"":"x\\n","d":"1970-01-01","f":0.5},
        {"a":null,"b\\"":"é","d":"1970-01-02","f":null}
        ]

        """)
  }
}
