import Formats
import Foundation
import Kernels
import Tables
import Testing

@Suite struct FileWriterTests {
  @Test(arguments: ["csv", "tsv", "csv.gz", "csv.zst", "jsonl", "json", "json.zst"]) func theChunksOfATableNeverShow(
    ending: String
  ) throws {
    let formats: [String: any TableWriting.Type] = [
      "tsv": TSVFormat.self, "jsonl": JSONLinesFormat.self, "json": JSONFormat.self, "json.zst": JSONFormat.self,
    ]
    let format = formats[ending] ?? CSVFormat.self
    let table = RoundTripTests.table(seed: 9, rows: 3000)
    let path = NSTemporaryDirectory() + "mlp-writer-\(UUID().uuidString).\(ending)"
    defer { unlink(path) }
    try format.write(table, to: path)
    let whole = try DurableFile.read(path, limit: 1 << 24)
    for size in [1, 7, 1000] {
      let file = try TableFileWriter(path: path, format)
      for start in stride(from: 0, to: table.rowCount, by: size) {
        try file.append(table.take(RowList(start..<min(table.rowCount, start + size))), Progress())
      }
      #expect(try file.finish(Progress()) == whole.count)
      #expect(try DurableFile.read(path, limit: 1 << 24) == whole, "chunks of \(size)")
    }
  }

  /// What is in memory of a wide table is the text of a row, not of a thousand.
  @Test func aRowOfManyPlacesIsAPieceOfItsOwn() {
    let names = (0..<200_000).map { "p\($0)" }
    let vector = VectorCells(names: names, codes: [0, 7, 199_999])
    let table = Table([("v", .vector(vector)), ("n", .int(Cells([1, 2, 3])))])
    for format in [CSVFormat.self, JSONLinesFormat.self, JSONFormat.self] as [any TextTableWriting.Type] {
      #expect(format.rows(table).count == 3)
    }
    let narrow = Table([("n", .int(Cells([Int64](repeating: 1, count: 3000))))])
    #expect(CSVFormat.rows(narrow).count == 3)
    #expect(CSVFormat.header(table).count(where: { $0 == UInt8(ascii: ",") }) == 200_000)
  }

  @Test func aFileThatIsGivenUpLeavesNothingBehind() throws {
    let folder = NSTemporaryDirectory() + "mlp-writer-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try CSVFormat.write(Table([("a", .int(Cells([1])))]), to: folder + "/a.csv")
    do {
      let file = try TableFileWriter(path: folder + "/a.csv", CSVFormat.self)
      try file.append(RoundTripTests.table(seed: 1, rows: 50), Progress())
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.csv"])
    #expect(try DurableFile.read(folder + "/a.csv", limit: 100) == Array("a\n1\n".utf8))
  }
}
