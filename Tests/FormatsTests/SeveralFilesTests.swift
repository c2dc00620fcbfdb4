import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// Files that are read as one table.
@Suite(.serialized) struct SeveralFilesTests {
  /// Files in a folder of their own, which is gone afterwards.
  private func with(_ texts: [String], _ body: ([String]) throws -> Void) throws {
    let folder = "/tmp/mlp-several-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    #expect(mkdir(folder, 0o700) == 0)
    let paths = texts.indices.map { "\(folder)/part\($0).csv" }
    defer {
      for path in paths { unlink(path) }
      rmdir(folder)
    }
    for (path, text) in zip(paths, texts) { try DurableFile.write(Array(text.utf8), to: path) }
    try body(paths)
  }

  private func source(
    _ paths: [String], union: Bool = false, _ change: (inout DelimitedOptions) -> Void = { _ in }
  ) throws -> ConcatenatedSource {
    var options = DelimitedOptions()
    change(&options)
    return ConcatenatedSource(
      try paths.map { try Formats.source(path: $0, options: options) }, paths: paths, union: union)
  }

  @Test func numbersInOneFileAndWordsInAnotherAreTextForBothWithANote() throws {
    try with(["v\n5\n", "v\nlow\n7\n"]) { paths in
      let source = try source(paths)
      #expect(try source.declaredSchema()?.schema == Schema([Field("v", .text)]))
      let rows = try source.read(columns: nil, Progress())
      #expect(rows.table.words("v") == ["5", "low", "7"])
      #expect(rows.table["v"]?.missingCount == 0)
      #expect(rows.notes.first == "2 files")
      #expect(rows.notes.contains { $0.contains("'v' is text") && $0.contains("int in \(paths[0])") })
    }
  }

  @Test func whatDoesNotFitFurtherDownIsARowErrorOfItsFile() throws {
    let filler = String(repeating: "a,5\n", count: 20_000)
    try with(["k,v\n" + filler, "k,v\n" + filler + "b,low\n"]) { paths in
      let source = try source(paths)
      #expect {
        try source.read(columns: nil, Progress())
      } throws: { error in
        (error as? SourceError)
          == SourceError(
            source: paths[1], reason: .badCell(row: 20_001, column: "v", text: "low", type: .int, others: 0),
            line: 20_002)
      }
    }
  }

  @Test func intsAndFractionsOfTwoFilesAreFloats() throws {
    let filler = String(repeating: "5\n", count: 40_000)
    try with(["v\n1\n", "v\n2.5\n"]) { paths in
      let column = try source(paths).read(columns: nil, Progress()).table["v"]
      #expect(column == .float(Cells([1, 2.5])))
    }
    try with(["v\n" + filler, "v\n" + filler + "2.5\n"]) { paths in
      let column = try #require(try source(paths).read(columns: nil, Progress()).table["v"])
      #expect(column.type == .float && column.count == 80_001)
      #expect(column[0] == .float(5) && column[80_000] == .float(2.5))
    }
  }

  @Test func idsOfOneFileLoseNoDigitsByTheFractionsOfAnother() throws {
    let id = "9007199254740993"
    try with(["v\n\(id)\n", "v\n0.5\n"]) { paths in
      let rows = try source(paths).read(columns: nil, Progress())
      #expect(rows.table.words("v") == [id, "0.5"])
    }
    let filler = String(repeating: "5\n", count: 40_000)
    try with(["v\n" + filler + "\(id)\n", "v\n" + filler + "0.5\n"]) { paths in
      #expect {
        try source(paths).read(columns: nil, Progress())
      } throws: { error in
        (error as? SourceError)?.source == paths[1] && (error as? SourceError)?.line == 40_002
      }
    }
  }

  @Test func columnsMayStandInAnyOrderAndWithUnionBeMissing() throws {
    try with(["a,b\n1,x\n", "b;a\ny;2\n", "a,c\n3,true\n"]) { paths in
      #expect(throws: SourceError.self) { try source(paths).read(columns: nil, Progress()) }
      let table = try source(paths, union: true).read(columns: nil, Progress()).table
      #expect(table.schema == Schema([Field("a", .int), Field("b", .text), Field("c", .bool)]))
      #expect(table.words("a") == ["1", "2", "3"])
      #expect(table.words("b") == ["x", "y", ""])
      #expect(table.words("c") == ["", "", "true"])
    }
  }

  @Test func aRowLimitCountsTheRowsOfAllFiles() throws {
    try with(["a\n1\n2\n", "a\n3\n4\n"]) { paths in
      let three = try source(paths) { $0.rows = 3 }.read(columns: nil, Progress()).table
      #expect(three.words("a") == ["1", "2", "3"])
      let one = try source(paths).read(ScanRequest(limit: 1), Progress()).table
      #expect(one.words("a") == ["1"])
    }
  }

  @Test func rejectedRowsOfAllFilesAreKept() throws {
    let filler = String(repeating: "a,5\n", count: 20_000)
    try with(["k,v\n" + filler + "x,low\n", "k,v\n" + filler + "y,high\n", ""]) { paths in
      let kept = paths[2]
      let rows = try source(Array(paths[0..<2])) { $0.rejects = kept }.read(columns: nil, Progress())
      #expect(rows.table.rowCount == 40_000)
      let rejected = try DelimitedSource(path: kept).read(columns: nil, Progress()).table
      #expect(rejected.words("file") == Array(paths[0..<2]))
      #expect(rejected.words("row") == ["x,low", "y,high"])
    }
  }

  @Test func manyFilesAreTheTableOfTheirRowsOnAnyNumberOfThreads() throws {
    let parts = (0..<40).map { file in "id,word\n" + (0..<file * 11).map { "\($0),w\($0 % 7)\n" }.joined() }
    let all = "id,word\n" + parts.map { $0.dropFirst(8) }.joined()
    try with(parts) { paths in
      let expected = try table(all)
      for (threads, blockSize) in [(1, nil), (4, nil), (4, 64), (3, 4096)] as [(Int, Int?)] {
        Threads.set(threads)
        defer { Threads.set(2) }
        #expect(try source(paths) { $0.blockSize = blockSize }.read(columns: nil, Progress()).table == expected)
      }
    }
  }
}
