import Descriptions
import Foundation
import Kernels
import Tables
import Testing

@testable import Formats

/// `file: NAME` adds a column of the files that rows come from.
@Suite struct FileColumnTests {
  private func folder(_ files: [String: String]) throws -> String {
    let folder = NSTemporaryDirectory() + "mlp-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8) }
    return folder
  }

  private func source(_ format: any TableReading.Type, _ paths: [String], _ options: [String: RawValue])
    -> any TableSource
  {
    let request = ReadingRequest(Options(options))
    let parts = paths.map { format.source($0, request) }
    return parts.count == 1 ? parts[0] : ConcatenatedSource(parts, paths: paths, union: false)
  }

  static let formats: [(any TableReading.Type, String, String)] = [
    (CSVFormat.self, "a,b\n1,x\n2,y\n", "a,b\n3,z\n"),
    (JSONLinesFormat.self, "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n", "{\"a\":3,\"b\":\"z\"}\n"),
  ]

  @Test(arguments: [0, 1]) func eachRowSaysItsFile(_ place: Int) throws {
    let (format, first, second) = Self.formats[place]
    let folder = try folder(["1": first, "2": second])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let paths = ["1", "2"].map { folder + "/" + $0 }
    let source = source(format, paths, ["file": .word("origin")])
    #expect(try source.declaredSchema()?.schema.fields.last == Field("origin", .text))
    let table = try source.read(columns: nil, Progress()).table
    #expect(table.names == ["a", "b", "origin"])
    #expect(table.words("origin") == [paths[0], paths[0], paths[1]])
    // Asked for alone, with others, or not at all.
    #expect(try source.read(columns: ["origin"], Progress()).table.words("origin") == table.words("origin"))
    #expect(try source.read(columns: ["a"], Progress()).table.names == ["a"])
    let some = self.source(format, paths, ["file": .word("origin"), "columns": .list([.text("b")])])
    #expect(try some.read(columns: nil, Progress()).table.names == ["b", "origin"])
    #expect(try some.declaredSchema()?.schema.fields.map(\.name) == ["b", "origin"])
  }

  @Test(arguments: [0, 1]) func aNameThatIsTakenIsRefused(_ place: Int) throws {
    let (format, first, _) = Self.formats[place]
    let folder = try folder(["1": first])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let source = source(format, [folder + "/1"], ["file": .word("a")])
    #expect(throws: SourceError.self) { try source.declaredSchema() }
    #expect(throws: SourceError.self) { try source.read(columns: nil, Progress()) }
  }
}
