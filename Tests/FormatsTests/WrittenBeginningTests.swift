import Foundation
import Kernels
import Tables
import Testing

@testable import Formats

/// A table's file takes its place only when its first rows are read back as the cells that they are.
@Suite struct WrittenBeginningTests {
  /// CSV by a writer that writes one name as another.
  private enum CarelessFormat: TextTableWriting {
    static let description = CSVFormat.description
    static let endings = CSVFormat.endings

    static func header(_ table: Table) -> [UInt8] { CSVFormat.header(table) }

    static func rows(_ chunk: Table) -> RowText {
      let cells = (0..<chunk.rowCount).map {
        chunk.columns[0][$0] == .text("Oslo") ? .text("0slo") : chunk.columns[0][$0]
      }
      return CSVFormat.rows(chunk.with(chunk.names[0], .from(cells, type: .text)))
    }

    static func source(_ text: [UInt8], types: [String: ColumnType]) -> any TableSource {
      CSVFormat.source(text, types: types)
    }
  }

  private static func temporary() -> String { NSTemporaryDirectory() + "mlp-beginning-\(UUID().uuidString).csv" }

  @Test func aFileThatDiffersLeavesTheOldOne() throws {
    let path = Self.temporary()
    defer { unlink(path) }
    try CSVFormat.write(Table([("town", .text(TextCells(["old"])))]), to: path)
    let table = Table([("town", .text(TextCells(["Bergen", nil, "Oslo"])))])
    let words = "'town' in row 3 is '0slo' and not 'Oslo'"
    #expect(throws: SourceError(source: path, reason: .differs(words))) { try CarelessFormat.write(table, to: path) }
    #expect(try DurableFile.read(path, limit: 100) == Array("town\nold\n".utf8))
  }

  @Test func chunksWithoutRowsComeFirst() throws {
    let path = Self.temporary()
    defer { unlink(path) }
    let table = Table([("town", .text(TextCells(["Oslo"])))])
    let file = try TableFileWriter(path: path, CarelessFormat.self)
    try file.append(table.head(0), Progress())
    try file.append(table, Progress())
    #expect(throws: SourceError.self) { try file.finish(Progress()) }
  }

  private static let formats: [any TextTableWriting.Type] = [
    CSVFormat.self, TSVFormat.self, JSONLinesFormat.self, JSONFormat.self,
  ]

  @Test(arguments: 0..<40 as Range<UInt64>, [0, 1, 2, 3])
  func randomTablesAreReadBackAsTheyAre(seed: UInt64, place: Int) throws {
    let table = RoundTripTests.table(seed: seed, rows: 1 + Int(seed) * 7)
    let format = Self.formats[place]
    let beginning = WrittenBeginning(table, format.bytes(table))
    #expect(beginning != nil)
    #expect(beginning?.difference(format) == nil)
  }

  @Test(arguments: [0, 1, 2, 3]) func whatNoReaderTellsApartIsTheSame(place: Int) throws {
    let vector = VectorCells(names: ["a", "b"], values: [1, .nan, -0.0, .infinity], count: 2)
    let table = Table([
      ("v", .vector(vector)), ("x", .float(Cells([.infinity, 0.1]))), ("none", .missing(.date, count: 2)),
    ])
    let format = Self.formats[place]
    #expect(WrittenBeginning(table, format.bytes(table))?.difference(format) == nil)
  }

  @Test func namesThatAreTheSameOrNoneAreNotAskedFor() {
    let one = Column.int(Cells([1]))
    let vector = Column.vector(VectorCells(names: ["b"], values: [1], count: 1))
    #expect(WrittenBeginning(Table([("a_b", one), ("a", vector)]), []) == nil)
    #expect(WrittenBeginning(Table([("", one)]), []) == nil)
  }
}
