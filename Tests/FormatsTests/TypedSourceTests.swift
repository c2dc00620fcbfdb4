import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// A table in memory that states its types, given in chunks of some rows.
private struct MadeFile: TypedFile {
  var path = "made.bin"
  let table: Table
  var chunk = 2

  func outline() -> TypedOutline? { TypedOutline(schema: table.schema, rowCount: table.rowCount) }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    let kept = table.select(table.names.filter(wanted.takes))
    let most = min(kept.rowCount, wanted.limit ?? .max)
    for start in stride(from: 0, to: most, by: chunk) {
      if try take(kept.take(RowList(start..<min(most, start + chunk)))) == .stop { break }
    }
    return TypedReport(schema: kept.schema, byteCount: 8 * most)
  }
}

@Suite struct TypedSourceTests {
  private static let table = Table([
    ("id", .int(Cells([1, 2, 3, 4, 5]))),
    ("word", .text(TextCells(["7", "8", nil, "x", "9"]))),
    ("share", .float(Cells([0.5, 1, nil, 2, 4], filler: 0))),
  ])

  private static func source(
    _ table: Table = table, _ options: [String: RawValue] = [:], expected: [String: ColumnType]? = nil
  ) -> TypedSource {
    TypedSource(MadeFile(table: table), ReadingRequest(Options(options), expected: expected))
  }

  private static func rejecting(_ column: String, _ type: ColumnType) -> [String: RawValue] {
    [
      "types": .record([RawField(column, .word(type.rawValue))]), "on_conflict": .word("reject"),
    ]
  }

  @Test func columnsAndTypesAreThoseOfTheFile() throws {
    let source = Self.source()
    #expect(try source.declaredSchema()?.schema == Self.table.schema)
    #expect(try source.read(columns: nil, Progress()).table == Self.table)
    #expect(try source.read(columns: ["share", "nowhere"], Progress()).table == Self.table.select(["share"]))
  }

  @Test func rowsAreAsManyAsAreAskedForAndColumnsInTheOrderAskedFor() throws {
    let source = Self.source(
      Self.table, ["rows": .int(3), "columns": .list([.text("share"), .text("id")])])
    #expect(try source.declaredSchema()?.schema.fields.map(\.name) == ["share", "id"])
    let rows = try source.read(columns: nil, Progress()).table
    #expect(rows == Self.table.select(["share", "id"]).head(3))
    #expect(try source.read(ScanRequest(limit: 2), Progress()).table.rowCount == 2)
    #expect(try source.expectedRows(ScanRequest()) == 3)
  }

  @Test func aStatedTypeIsReadAndWhatDoesNotFitIsARowError() throws {
    let wide = Self.source(Self.table, ["types": .record([RawField("id", .word("float"))])])
    #expect(try wide.read(columns: nil, Progress()).table["id"] == .float(Cells([1, 2, 3, 4, 5])))
    let narrow = Self.source(Self.table, ["types": .record([RawField("word", .word("int"))])])
    #expect(try narrow.declaredSchema()?.schema["word"] == .int)
    #expect(
      throws: SourceError(
        source: "made.bin", reason: .badCell(row: 4, column: "word", text: "x", type: .int, others: 0))
    ) { try narrow.read(columns: nil, Progress()) }
  }

  @Test func rowsThatDoNotFitAreSetAside() throws {
    let path = "/tmp/mlp-typed-\(getpid()).csv"
    defer { unlink(path) }
    var options = Self.rejecting("word", .int)
    options["rejects"] = .text(path)
    let rows = try Self.source(Self.table, options).read(columns: nil, Progress())
    #expect(rows.table["id"] == .int(Cells([1, 2, 3, 5])))
    #expect(rows.table["word"] == .int(Cells([7, 8, nil, 9], filler: 0)))
    #expect(rows.notes == ["1 row rejected, kept in \(path)"])
    let kept = String(decoding: try DurableFile.read(path, limit: 1 << 16), as: UTF8.self)
    #expect(kept == "file,line,column,reason,row\nmade.bin,4,word,'x' is not int,\"4,x,2.0\"\n")
    // A limit counts the rows that are kept.
    options["rows"] = .int(4)
    #expect(try Self.source(Self.table, options).read(columns: nil, Progress()).table.rowCount == 4)
  }

  @Test func whoeverAsksTakesNoOtherType() throws {
    let source = Self.source(expected: ["word": .float])
    #expect(
      throws: SourceError(
        source: "made.bin",
        reason: .badCell(row: 4, column: "word", text: "x", type: .float, others: 0, isExpected: true))
    ) { try source.read(columns: nil, Progress()) }
  }

  private static func together(_ tables: [Table], union: Bool = false) -> ConcatenatedSource {
    let parts = tables.enumerated().map { place, table in
      TypedSource(MadeFile(path: "\(place).bin", table: table), ReadingRequest())
    }
    return ConcatenatedSource(parts, paths: parts.map(\.file.path), union: union)
  }

  @Test func filesAreOneTableWithOneTypeForAColumn() throws {
    let ints = Table([("a", .int(Cells([1, 2])))]), floats = Table([("a", .float(Cells([0.5])))])
    let source = Self.together([ints, floats])
    #expect(try source.declaredSchema()?.schema["a"] == .float)
    let rows = try source.read(columns: nil, Progress())
    #expect(rows.table == Table([("a", .float(Cells([1, 2, 0.5])))]))
    #expect(rows.notes == ["2 files"])
    #expect(try source.read(ScanRequest(limit: 2), Progress()).table.rowCount == 2)
    let texts = Table([("a", .text(TextCells(["x"])))])
    #expect(throws: SourceError.self) { try Self.together([ints, texts]).declaredSchema() }
  }

  @Test func aColumnThatAFileHasNotIsMissingWhereThatIsAskedFor() throws {
    let left = Table([("a", .int(Cells([1])))])
    let right = Table([("b", .text(TextCells(["x"]))), ("a", .int(Cells([2])))])
    let words = "its columns differ from 0.bin: b; `union: true` joins them"
    #expect(throws: SourceError(source: "1.bin", reason: .badFormat(words))) {
      try Self.together([left, right]).read(columns: nil, Progress())
    }
    let rows = try Self.together([left, right], union: true).read(columns: nil, Progress()).table
    #expect(rows == Table([("a", .int(Cells([1, 2]))), ("b", .text(TextCells([nil, "x"])))]))
  }

  @Test func filesOfOtherFamiliesAreNotReadTogether() {
    let typed = TypedSource(MadeFile(table: Self.table), ReadingRequest())
    let text = DelimitedSource(path: "x.csv")
    let source = ConcatenatedSource([typed, text], paths: ["made.bin", "x.csv"], union: false)
    #expect(throws: SourceError.self) { try source.declaredSchema() }
  }
}
