import Descriptions
import Foundation
import Kernels
import Tables
import Testing

@testable import Formats

/// Files of column names and types, and sources that let no others in.
@Suite struct SchemaFileTests {
  private static let fields = [
    Field("id", .text), Field("n", .int), Field("x \"y\"", .float), Field("b", .bool), Field("d", .date),
    Field("t", .datetime),
  ]

  @Test func whatIsWrittenReadsBack() throws {
    let bytes = SchemaFile.bytes(Self.fields)
    #expect(try SchemaFile("x.schema.json", bytes).fields == Self.fields)
    #expect(
      String(decoding: bytes, as: UTF8.self).hasPrefix(
        "{\n  \"fields\": [\n    {\"name\": \"id\", \"type\": \"string\"},\n"))
    #expect(try SchemaFile("x", SchemaFile.bytes([])).fields == [])
  }

  @Test(
    arguments: [
      "", "[]", "{}", "{\"fields\": 3}", "{\"fields\": [3]}", "{\"fields\": [{\"name\": \"a\"}]}",
      "{\"fields\": [{\"name\": \"a\", \"type\": \"geopoint\"}]}", "{\"fields\": [{\"type\": \"string\"}]}",
      "{\"fields\": [{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"a\", \"type\": \"string\"}]}",
    ])
  func whatIsNoSchemaIsRefused(_ text: String) {
    #expect(throws: SourceError.self) { try SchemaFile("x", Array(text.utf8)) }
  }

  @Test func anOptionIsALockOrAFileToWrite() {
    #expect(SchemaUse.read(.call("locked", [.text("a.json")], [])) == .locked("a.json"))
    #expect(SchemaUse.read(.call("save", [.text("a.json")], [])) == .save("a.json"))
    #expect(SchemaUse.read(.text("a.json")) == .locked("a.json"))
    for other in [RawValue.word("locked"), .call("lock", [.text("a")], []), .call("save", [], []), .text("")] {
      #expect(SchemaUse.read(other) == nil)
    }
  }

  // MARK: Locked sources

  private func locked(
    _ text: String, _ fields: [Field], _ options: [String: RawValue] = [:]
  ) throws -> LockedSource {
    let request = ReadingRequest(Options(options))
    let inner = DelimitedSource(bytes: Array(text.utf8), name: "t", options: DelimitedOptions(request))
    return LockedSource(inner, try SchemaFile("x.json", SchemaFile.bytes(fields)), request.options)
  }

  private func drift(_ source: LockedSource) -> [SchemaDifference]? {
    do throws(SourceError) {
      _ = try source.declaredSchema()
      return nil
    } catch {
      guard case .drift(let differences, "x.json") = error.reason else { return nil }
      return differences
    }
  }

  @Test func aSchemaThatIsMetIsWhatIsRead() throws {
    let source = try locked(
      "id,n,x,d\n007,1,2,2026-01-31\n8,2,3,\n",
      [
        Field("id", .text), Field("n", .int), Field("x", .float), Field("d", .datetime),
      ])
    let declared = try source.declaredSchema()
    #expect(declared?.schema.fields.map(\.type) == [.text, .int, .float, .datetime] && declared?.open == [])
    let table = try source.read(columns: nil, Progress()).table
    #expect(table.types == [.text, .int, .float, .datetime])
    #expect(table.words("id") == ["007", "8"])
  }

  @Test func everyDifferenceIsTold() throws {
    let source = try locked("a,b,new\nx,0.5,1\n", [Field("a", .int), Field("b", .int), Field("gone", .bool)])
    let expected = [
      SchemaDifference("gone", locked: .bool, found: nil), SchemaDifference("a", locked: .int, found: .text),
      SchemaDifference("b", locked: .int, found: .float), SchemaDifference("new", locked: nil, found: .int),
    ]
    #expect(drift(source) == expected)
    #expect(throws: SourceError(source: "t", reason: .drift(expected, schema: "x.json"))) {
      try source.read(columns: nil, Progress())
    }
  }

  /// A column without a value in the sample may be of any type, and a text is read as text whatever it looks like.
  @Test func whatMayBeOfTheTypeIs() throws {
    #expect(drift(try locked("a,b\n,1\n", [Field("a", .date), Field("b", .text)])) == nil)
    let late = try locked("a\n" + String(repeating: "1\n", count: 100_000) + "x\n", [Field("a", .int)])
    #expect(drift(late) == nil)
    #expect(throws: SourceError.self) { try late.read(columns: nil, Progress()) }
  }

  @Test func onlyKeptColumnsCountAndTheFilesNameDoesNot() throws {
    let options: [String: RawValue] = ["columns": .list([.text("a")]), "file": .word("origin")]
    let source = try locked("a,b\n1,2\n", [Field("a", .int), Field("b", .bool)], options)
    #expect(drift(source) == nil)
    #expect(try source.read(columns: nil, Progress()).table.names == ["a", "origin"])
  }

  /// What can be read only once tells nothing before its rows: the schema tells it.
  @Test func whatIsSeenOnlyOnceIsCheckedByItsFirstRows() throws {
    struct Once: TableSource {
      let name = "once"
      let table: Table
      func declaredSchema() -> DeclaredSchema? { nil }
      func scan(
        _ request: ScanRequest, _ progress: Kernels.Progress, _ take: (Table) throws(SourceError) -> ScanStep
      ) throws(SourceError) -> ScanReport {
        try MemorySource(name: name, table: table).scan(request, progress, take)
      }
    }
    let table = Table([("a", .from([.int(1)], type: .int)), ("b", .from([.text("x")], type: .text))])
    func source(_ fields: [Field]) throws -> LockedSource {
      LockedSource(Once(table: table), try SchemaFile("x.json", SchemaFile.bytes(fields)), Options())
    }
    let good = try source([Field("a", .int), Field("b", .text)])
    #expect(try good.declaredSchema()?.schema.fields.map(\.name) == ["a", "b"])
    let some = try good.read(columns: ["b"], Progress()).table
    #expect(some.names == ["b"])
    #expect(throws: SourceError.self) {
      try source([Field("a", .text), Field("b", .text)]).read(columns: ["b"], Progress())
    }
    #expect(throws: SourceError.self) { try source([Field("a", .int)]).read(columns: ["a"], Progress()) }
  }
}
