import Descriptions
import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// `zone:` is the offset of times that are written without one, however they are written and wherever they stand.
@Suite struct ZoneTests {
  private static let zone = ZoneOffset(minutes: 120)
  private static let texts = [
    "2026-01-31T10:00:00", "2026-01-31T10:00:00+05:00", "2026-01-31 10:00:00Z", "", "2026-01-31T10:00", "2026-01-31",
  ]
  private static let moments = [
    "2026-01-31T08:00:00Z", "2026-01-31T05:00:00Z", "2026-01-31T10:00:00Z", "", "2026-01-31T08:00:00Z",
    "2026-01-30T22:00:00Z",
  ]

  @Test func delimitedTextIsReadByIt() throws {
    let text = "k,t\n" + Self.texts.enumerated().map { "\($0),\($1)\n" }.joined()
    let read = try rows(text) { $0.zone = Self.zone }
    #expect(read.table.words("t") == Self.moments && read.notes.isEmpty)
    // Far behind the sample, in blocks of their own, and of a column of which the sample had no value.
    let tail = String(repeating: "x,2026-01-31T10:00:00\n", count: 30_000)
    let far = try rows(text + tail) { $0.zone = Self.zone }.table
    #expect(far.words("t").suffix(30_000).allSatisfy { $0 == "2026-01-31T08:00:00Z" })
    let late = "k,t\n" + String(repeating: "x,\n", count: 40_000) + "a,2026-01-31T10:00:00\nb,2026-01-31T10:00:00Z\n"
    let open = try rows(late) { $0.zone = Self.zone }
    #expect(open.table.types == [.text, .datetime] && open.notes.isEmpty)
    #expect(open.table.words("t").suffix(2) == ["2026-01-31T08:00:00Z", "2026-01-31T10:00:00Z"])
    #expect(try rows(late).notes == ["column 't': 1 of 2 times have no offset and are taken as UTC"])
    let ordered = try table("k,t\na,31/1/2026 10:00\n") {
      $0.zone = Self.zone
      $0.dates = .dmy
    }
    #expect(ordered.words("t") == ["2026-01-31T08:00:00Z"])
  }

  @Test(arguments: ["jsonl", "json"]) func recordsAreReadByIt(format: String) throws {
    let cells = Self.texts.map { $0.isEmpty ? "null" : "\"\($0)\"" }
    // A name with an escape is read by the other parser.
    let lines = cells.enumerated().map { $0 % 2 == 0 ? "{\"t\":\($1)}" : "{\"\\u0074\":\($1)}" }
    let text = format == "jsonl" ? lines.joined(separator: "\n") : "[" + lines.joined(separator: ",") + "]"
    func read(_ more: [String: RawValue]) throws -> SourceRows {
      let stated: [String: RawValue] = ["types": .record([RawField("t", .word("datetime"))])]
      let request = ReadingRequest(Options(stated.merging(more) { _, new in new }))
      let bytes = Array(text.utf8)
      let source =
        format == "jsonl"
        ? JSONLinesFormat.source("t", bytes: bytes, request) : JSONFormat.source("t", bytes: bytes, request)
      return try source.read(columns: nil, Progress())
    }
    let zoned = try read(["zone": .text("+02:00")])
    #expect(zoned.table.words("t") == Self.moments && zoned.notes.isEmpty)
    #expect(try read([:]).notes == ["column 't': 3 of 5 times have no offset and are taken as UTC"])
  }
}
