import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// JSON Lines by RFC 8259 and jsonlines.org, and what becomes of what a table cannot hold as it is.
@Suite struct JSONLinesTests {
  private func rows(_ text: String, _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
    try source(text, options).read(columns: nil, Progress())
  }

  private func source(_ text: String, _ options: [String: RawValue] = [:]) -> any TableSource {
    JSONLinesFormat.source("t.jsonl", bytes: Array(text.utf8), ReadingRequest(Options(options)))
  }

  private func failure(_ text: String, _ options: [String: RawValue] = [:]) -> SourceError? {
    do throws(SourceError) {
      _ = try rows(text, options)
      return nil
    } catch { return error }
  }

  /// Many plain lines, so that what follows lies beyond the sample.
  private static let sampled = String(repeating: #"{"a":1,"b":"x"}"# + "\n", count: 6000)

  /// Counted over the rows that stand, in every block.
  @Test func timesWithoutAnOffsetBesideOthersAreTold() throws {
    let line = { (time: String) in #"{"t":"\#(time)"}"# + "\n" }
    let (bare, zoned) = (line("2026-01-31T10:00:00"), line("2026-01-31T11:00:00+01:00"))
    let stated: [String: RawValue] = [
      "types": .record([RawField("t", .word("datetime"))]), "on_conflict": .word("reject"),
    ]
    let mixed = bare + zoned + line("no") + #"{"t":null}"# + "\n"
    let found = try rows(mixed, stated)
    #expect(found.table["t"]?.missingCount == 1 && found.table["t"]?[0] == found.table["t"]?[1])
    #expect(found.notes.contains("column 't': 1 of 2 times have no offset and are taken as UTC"))
    let many = try rows(mixed + String(repeating: bare, count: 60_000), stated)
    #expect(many.notes.contains("column 't': 60001 of 60002 times have no offset and are taken as UTC"))
    for uniform in [bare + bare, zoned + zoned] { #expect(try rows(uniform, stated).notes == []) }
  }

  @Test func valuesKeepTheirKind() throws {
    let table = try rows(
      #"""
      {"b": true, "i": 9007199254740993, "f": 1, "t": "12", "d": "2026-01-31"}
      {"i": -9223372036854775808, "b": null, "f": 2.5, "t": "é\n\"", "d": ""}
      """#
    ).table
    #expect(table.names == ["b", "i", "f", "t", "d"])
    #expect(table.types == [.bool, .int, .float, .text, .text])
    #expect(table.words("i") == ["9007199254740993", "-9223372036854775808"])
    #expect(table["b"]?[1] == .missing && table["f"]?[0] == .float(1) && table["t"]?[1] == .text("é\n\""))
    #expect(table["d"]?[1] == .text(""))
  }

  /// In the sample they make the column text; below it the value that would lose digits, or would make others lose theirs, is an error.
  @Test func wholeNumbersBesideFractionsLoseNoDigits() throws {
    let both = try rows("{\"a\":9007199254740993}\n{\"a\":0.5}\n{\"a\":12345678901234567891}\n")
    #expect(both.table.words("a") == ["9007199254740993", "0.5", "12345678901234567891"])
    #expect(both.notes == ["a: whole numbers beside fractions would lose digits, kept as text"])
    let held = try rows("{\"a\":9007199254740992}\n{\"a\":0.5}\n{\"a\":123456789012345680000}\n").table
    #expect(held["a"] == .float(Cells([9_007_199_254_740_992, 0.5, 1.2345678901234568e20], filler: 0)))
    let fractions = String(repeating: "{\"a\":0.5}\n", count: 9000)
    #expect(
      failure(fractions + "{\"a\":9007199254740993}\n")?.reason
        == .badCell(row: 9001, column: "a", text: "9007199254740993", type: .float, others: 0, isExpected: false))
    #expect(failure(Self.sampled + "{\"a\":9007199254740993}\n{\"a\":0.5}\n") != nil)
    #expect(failure(Self.sampled + "{\"a\":0.5}\n{\"a\":9007199254740993}\n") != nil)
    let stated = try rows(
      "{\"a\":9007199254740993}\n{\"a\":0.5}\n", ["types": .record([RawField("a", .word("float"))])])
    #expect(stated.table["a"]?.type == .float)
  }

  @Test func anAbsentKeyIsMissingInAnyOrder() throws {
    let table = try rows("{\"a\":1}\n\n  \r\n{\"b\":2,\"a\":3}\r\n{}").table
    #expect(table.rowCount == 3)
    #expect(table["a"] == .int(Cells([1, 3, nil], filler: 0)))
    #expect(table["b"] == .int(Cells([nil, 2, nil], filler: 0)))
  }

  @Test func objectsAreColumnsWithAPointAndListsAreText() throws {
    let read = try rows(#"{"a":{"x":1,"y":{"z":"q"}},"l":[1, {"k":2}]}"# + "\n" + #"{"a":null,"l":[]}"#)
    #expect(read.table.names == ["a.x", "a.y.z", "l"])
    #expect(read.table.words("l") == [#"[1, {"k":2}]"#, "[]"])
    #expect(read.notes == ["keys inside objects are columns: a.x, a.y.z", "l: lists, kept as they are written"])
  }

  @Test func severalKindsAndLargeNumbersAreTextAsWritten() throws {
    let read = try rows(
      #"{"m":1.50,"n":18446744073709551616}"# + "\n" + #"{"m":"x","n":7}"# + "\n" + #"{"m":false}"#)
    #expect(read.table.words("m") == ["1.50", "x", "false"])
    #expect(read.table.words("n").prefix(2) == ["18446744073709551616", "7"])
    #expect(
      read.notes == [
        "m: booleans and numbers and texts, kept as text", "n: whole numbers beyond 64 bits, kept as text",
      ])
  }

  @Test func statedTypesAreReadFromTextsAndNewKeys() throws {
    let types = RawValue.record([
      RawField("d", .word("date")), RawField("i", .word("int")), RawField("new", .word("float")),
      RawField("t", .word("text")),
    ])
    let table = try rows(#"{"d":"2026-01-31","i":"007","t":1.50}"#, ["types": types]).table
    #expect(table["d"]?[0].description == "2026-01-31" && table["i"]?[0] == .int(7) && table["t"]?[0] == .text("1.50"))
    #expect(table["new"] == .missing(.float, count: 1))
  }

  @Test func whatTheSampleSettledHolds() throws {
    let late = failure(Self.sampled + #"{"a":"no","b":"x"}"#)
    #expect(late?.line == 6001)
    #expect(late?.reason == .badCell(row: 6001, column: "a", text: "no", type: .int, others: 0))
    // But the first fraction makes whole numbers float, and a new key is told of.
    let read = try rows(Self.sampled + #"{"a":0.5,"b":"x","c":1}"#)
    #expect(read.table["a"]?[6000] == .float(0.5) && read.table["a"]?[0] == .float(1))
    #expect(read.notes == ["keys that the first 64 KiB have not are passed over: c (line 6001); `types` reads them"])
    #expect(try source(Self.sampled).declaredSchema()?.open == ["a"])
  }

  /// A column without a value in the sample is what all of its values are: texts as they read, other values as they are written.
  @Test func aColumnThatSpeaksLateKeepsItsTexts() throws {
    let nothing = String(repeating: #"{"a":1,"late":null,"mixed":null,"flag":null}"# + "\n", count: 3000)
    let read = try rows(
      nothing + #"{"late":"x\n\"y\"","mixed":"12","flag":true}"# + "\n" + #"{"late":"é","mixed":1.50,"flag":false}"#)
    #expect(read.table["late"]?[3000] == .text("x\n\"y\"") && read.table["late"]?[3001] == .text("é"))
    #expect(read.table.words("mixed").suffix(2) == ["12", "1.50"])
    #expect(read.table["flag"]?[3000] == .bool(true) && read.table["flag"]?.missingCount == 3000)
    #expect(read.notes == ["mixed: numbers and texts, kept as text"])
  }

  @Test(arguments: ["inf", "Infinity", "-inf", "1e999", "NaN"]) func noTextIsAnInfiniteNumber(text: String) {
    let types: [String: RawValue] = ["types": .record([RawField("a", .word("float"))])]
    #expect(
      failure(#"{"a":"\#(text)"}"#, types)?.reason == .badCell(row: 1, column: "a", text: text, type: .float, others: 0)
    )
  }

  /// In another order, with some left out and others between them, inside objects too.
  @Test func keysMayStandAnywhere() throws {
    let orders = [["a", "b", "o"], ["o", "b", "a"], ["b"], ["o", "a"], ["a", "new", "o", "b"], []]
    let lines = (0..<30_000).map { row -> String in
      let order = row < 4000 ? orders[0] : orders[row * 7 % orders.count]
      let inner = row % 3 == 0 ? #"{"x":\#(row),"y":"t"}"# : #"{"y":"t","x":\#(row)}"#
      let values = ["a": "\(row)", "b": "\"\(row % 5)\"", "o": inner, "new": "[]"]
      return "{" + order.map { "\"\($0)\":\(values[$0] ?? "")" }.joined(separator: ",") + "}"
    }
    let read = try rows(lines.joined(separator: "\n"))
    #expect(read.table.names == ["a", "b", "o.x", "o.y"])
    for row in 0..<lines.count {
      let order = row < 4000 ? orders[0] : orders[row * 7 % orders.count]
      let expected: [Cell] = [
        order.contains("a") ? .int(Int64(row)) : .missing, order.contains("b") ? .text("\(row % 5)") : .missing,
        order.contains("o") ? .int(Int64(row)) : .missing, order.contains("o") ? .text("t") : .missing,
      ]
      #expect(read.table.columns.map { $0[row] } == expected)
    }
    #expect(read.notes.last?.hasPrefix("keys that the first 64 KiB have not are passed over: new (line 4") == true)
  }

  /// Names are told apart as columns are: a composed letter is its parts.
  @Test func aNameInAnotherSpellingIsTheSameColumn() throws {
    let table = try rows(Self.sampled + "{\"caf\u{E9}\":1}\n").table
    #expect(table.names == ["a", "b"])
    let both = try rows("{\"caf\u{E9}\":1}\n{\"cafe\u{301}\":2}\n{\"caf\\u00e9\":3}\n").table
    #expect(both.columns.count == 1 && both.columns[0] == .int(Cells([1, 2, 3])))
    #expect(failure("{\"caf\u{E9}\":1,\"cafe\u{301}\":2}") != nil)
  }

  @Test(arguments: [
    (#"{"a":1,"a":2}"#, 1), (#"{"a":{"x":1},"a":{}}"#, 1), (#"{"a":{"b":1},"a.b":2}"#, 1), ("{\"a\":1}\n[1]", 2),
    ("{\"a\":1}\n\n{\"a\":", 3), (#"{"a":1} x"#, 1), (#"{"a":01}"#, 1), (#"{"a":1e999}"#, 1), (#"{"a":NaN}"#, 1),
    ("{\"a\":\"\u{1}\"}", 1), (#"{"a":"\ud800"}"#, 1), (#"{"a":1,}"#, 1), ("7", 1),
    (String(repeating: #"{"a":"#, count: 100) + "1" + String(repeating: "}", count: 100), 1),
  ])
  func aLineThatIsNoObjectIsAnErrorThatNamesIt(text: String, line: Int) {
    let error = failure(text)
    #expect(error?.line == line)
    guard case .badRow? = error?.reason else {
      Issue.record("\(text): \(String(describing: error))")
      return
    }
  }

  @Test func aFileThatIsOneListSaysSo() {
    guard case .badFormat(let words)? = failure("[{\"a\":1}]")?.reason else {
      Issue.record("a list was read")
      return
    }
    #expect(words.contains("list"))
  }

  @Test func refusedRowsAreKept() throws {
    let path = "/tmp/mlp-jsonl-rejects-\(getpid()).csv"
    defer { unlink(path) }
    let read = try rows(
      Self.sampled + "{\"a\":true}\nnothing\n{\"a\":2,\"b\":\"y\"}\n",
      ["on_conflict": .word("reject"), "rejects": .text(path)])
    #expect(read.table.rowCount == 6001)
    #expect(read.notes == ["2 rows rejected, kept in \(path)"])
    let kept = try DelimitedSource(path: path).read(columns: nil, Progress()).table
    #expect(kept.words("line") == ["6001", "6002"] && kept.words("row") == ["{\"a\":true}", "nothing"])
  }

  @Test func rowsAndColumnsAreCut() throws {
    let options: [String: RawValue] = ["rows": .int(2), "columns": .list([.text("b"), .text("a")])]
    let table = try rows("{\"a\":1,\"b\":2,\"c\":3}\n{\"a\":4}\n{\"a\":\"later\"", options).table
    #expect(table.names == ["b", "a"] && table.rowCount == 2)
    let pruned = try source("{\"a\":1,\"b\":2}\n").read(columns: ["b"], Progress()).table
    #expect(pruned.names == ["b"])
  }

  /// What is written is read back as the same cells, dates as their texts.
  @Test(arguments: ["t.jsonl", "t.ndjson.gz"]) func aTableIsReadBack(name: String) throws {
    let path = "/tmp/mlp-jsonl-\(getpid())-\(name)"
    defer { unlink(path) }
    let table = RoundTripTests.table(seed: 11, rows: 40_000)
    #expect(try JSONLinesFormat.write(table, to: path) == DurableFile.read(path, limit: .max).count)
    let types = RawValue.record(
      zip(table.names, table.types).map { RawField($0, .word($1.rawValue)) })
    let source = JSONLinesFormat.source(path, ReadingRequest(Options(["types": types])))
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.declaredSchema()?.schema == table.schema)
  }

  @Test func theTableIsTheSameOnAnyNumberOfThreads() throws {
    let text = String(
      decoding: JSONLinesFormat.bytes(RoundTripTests.table(seed: 5, rows: 60_000)), as: UTF8.self)
    let before = Threads.count
    defer { Threads.set(before) }
    Threads.set(1)
    let one = try rows(text).table
    Threads.set(4)
    #expect(try rows(text).table == one)
  }

  /// Damaged text is rows or an error, never a trap.
  @Test(arguments: 0..<8 as Range<UInt64>) func damageIsAnError(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let whole = Array((#"{"a":{"b":[1,2.5e3,"\u00e9"]},"c":null,"d":-12}"# + "\n").utf8)
    var outcomes = 0
    for _ in 0..<400 {
      var bytes = whole + whole + whole
      for _ in 0...random.next(below: 4) { bytes[random.next(below: bytes.count)] = UInt8(random.next(below: 256)) }
      do {
        let read = try JSONLinesFormat.source("t", bytes: bytes, ReadingRequest()).read(columns: nil, Progress())
        #expect(read.table.columns.allSatisfy { $0.count == read.table.rowCount })
        outcomes |= 1
      } catch { outcomes |= 2 }
    }
    #expect(outcomes == 3)
  }
}
