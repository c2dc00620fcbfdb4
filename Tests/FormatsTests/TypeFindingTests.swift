import Kernels
import Tables
import Testing

@testable import Formats

/// What makes a column a number, a date, a truth value or text.
struct TypeFindingTests {
  @Test(arguments: [
    (["true", "False", "TRUE"], ColumnType.bool), (["1", "-2", "0"], .int), (["1", "2.5"], .float),
    (["1e3", "-.5", "5."], .float), (["1", "inf", "-Infinity"], .float), (["007", "1"], .text),
    (["+4712345678"], .text),
    (["inf"], .text), (["nan", "1"], .text), (["NA", "1"], .text), (["12345678901234567890"], .text),
    (["12345678901234567890", "0.5"], .text), (["12345678901234567000", "0.5"], .float),
    (["9223372036854775807", "-9223372036854775808"], .int),
    (["9223372036854775808"], .text), (["2026-01-31", "2012/02/29"], .date), (["2026-02-30"], .text),
    (["2026-01-31T10:00:00Z", "2026-01-31"], .datetime), (["2026-01-31 10:00"], .datetime), (["1", "true"], .text),
    (["2026-01-31", "5"], .text), (["1,5"], .text), (["0x10"], .text), (["1_000"], .text), ([" 12 ", "3"], .int),
  ])
  func theSampleSettlesTheType(cells: [String], type: ColumnType) throws {
    let text = "k;v\n" + cells.map { "r;\($0)\n" }.joined()
    #expect(try table(text) { $0.delimiter = ";" }.types[1] == type)
  }

  @Test func momentsAreKeptAsUTC() throws {
    let text = "t\n2026-01-31T10:00:00Z\n2026-01-31 10:00:00.25+01:00\n2026-01-31T10:00-0530\n2026-01-31\n"
    let expected = [
      "2026-01-31T10:00:00Z", "2026-01-31T09:00:00.250000Z", "2026-01-31T15:30:00Z", "2026-01-31T00:00:00Z",
    ]
    #expect(try table(text).words("t") == expected)
  }

  @Test func bigIdsStayExact() throws {
    #expect(
      try table("id\n9007199254740993\n-9223372036854775808\n").words("id") == [
        "9007199254740993", "-9223372036854775808",
      ])
  }

  @Test func theWholeFileSettlesIntOrFloat() throws {
    let text = "k,v\n" + String(repeating: "a,1\n", count: 20_000) + "a,2.5\n"
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    let declared = try #require(try source.declaredSchema())
    #expect(declared.schema["v"] == .int)
    #expect(declared.open == ["v"])
    let column = try #require(try source.read(columns: nil, Progress()).table["v"])
    #expect(column.type == .float)
    #expect(column[0] == .float(1))
    #expect(column[20_000] == .float(2.5))
  }

  @Test(arguments: [("7", ColumnType.int), ("7.5", .float), ("x", .text), ("2026-01-31", .date), ("true", .bool)])
  func aColumnWithoutAValueInTheSampleIsSettledByTheWholeFile(cell: String, type: ColumnType) throws {
    let text = "k,v\n" + String(repeating: "a,\n", count: 30_000) + "a,\(cell)\n"
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    #expect(try source.declaredSchema()?.open == ["v"])
    let column = try #require(try source.read(columns: nil, Progress()).table["v"])
    #expect(column.type == type)
    #expect(column.missingCount == 30_000)
    #expect(column[30_000].description == cell)
  }

  @Test func aLaterMisfitIsARowErrorWithLineAndCount() throws {
    let text = "k,v\n" + String(repeating: "a,1\n", count: 20_000) + "b,forty\nc,2\nd,007\n"
    let error = try #require(failure(text))
    #expect(error.line == 20_002)
    #expect(error.reason == .badCell(row: 20_001, column: "v", text: "forty", type: .int, others: 1))
  }

  @Test func statedTypesHold() throws {
    let text = "zip,n,f,b,d\n0123,+7,3,yes,2026-01-31\n"
    let table = try table(text) { $0.types = ["zip": .text, "n": .int, "f": .float, "b": .bool, "d": .datetime] }
    #expect(table.types == [.text, .int, .float, .bool, .datetime])
    #expect(table.words("zip") == ["0123"])
    #expect(table.words("n") == ["7"])
    #expect(table.words("b") == ["true"])
    #expect(failure("a\nx\n") { $0.types = ["b": .int] } != nil)
    #expect(failure("a,b\n1,2\n") { $0.types = ["a": .vector] } != nil)
  }

  @Test func wordsForMissingAreTakenWhenNamedAndNotedWhenNot() throws {
    let text = "k,v\na,1\nb,NA\nc,3\n"
    let noted = try rows(text)
    #expect(noted.table["v"]?.type == .text)
    #expect(noted.notes.contains { $0.contains("missing: [\"\", \"NA\"]") && $0.contains("'v'") })
    let named = try table(text) { $0.missing = ["", "NA"] }
    #expect(named["v"] == .int(Cells([1, nil, 3], filler: 0)))
    let quoted = try table("k,v\na,\"NA\"\nb,NA\n") { $0.missing = ["", "NA"] }
    #expect(quoted["v"]?.missingCount == 1)
  }

  @Test func wordsThatRepeatBecomeADictionary() throws {
    let repeated = try table("k,v\n" + (0..<2000).map { "w\($0 % 7),u\($0)\n" }.joined())
    guard case .text(let few) = repeated["k"], case .text(let many) = repeated["v"] else {
      Issue.record("not text")
      return
    }
    if case .dictionary(_, let words) = few.storage {
      #expect(words == (0..<7).map { "w\($0)" })
    } else {
      Issue.record("plain")
    }
    if case .dictionary = many.storage { Issue.record("a dictionary of distinct words") }
  }
}
