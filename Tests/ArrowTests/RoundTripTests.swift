import Descriptions
import Formats
import Foundation
import Kernels
import Tables
import Testing

@testable import Arrow

/// What is written reads back as the same cells, and its bytes show nothing but the cells.
@Suite(.serialized) struct RoundTripTests {
  @Test(arguments: 0..<20 as Range<UInt64>, [false, true]) func randomTables(seed: UInt64, isStream: Bool) throws {
    let table = Table.random(seed: seed, rows: Int(seed) * 9)
    let bytes = try written(table, isStream: isStream)
    #expect(try rows(bytes).table == table)
    #expect(try source(bytes).declaredSchema()?.schema == table.schema)
    #expect(try rows(bytes).notes == [])
  }

  /// Batches have as many rows however these came, and what is missing or stored as codes does not show.
  @Test(arguments: [false, true]) func theChunksOfATableNeverShow(isStream: Bool) throws {
    let table = Table.random(seed: 3, rows: ArrowEncoder.batchRows + 77)
    let whole = try written(table, isStream: isStream)
    for size in [1000, ArrowEncoder.batchRows, 100_000] {
      #expect(try written(table, isStream: isStream, chunk: size) == whole, "chunks of \(size)")
    }
    let spelled = table.with("words", .text(TextCells((0..<table.rowCount).map { table["words"]?[$0].description })))
    #expect(try written(spelled, isStream: isStream) == whole)
    #expect(try rows(whole).table == table)
  }

  /// What stands in a missing cell in memory is not written.
  @Test func fillersDoNotShow() throws {
    let valid = Bitmap([true, false])
    func table(_ filler: Int64, _ text: String) -> Table {
      Table([
        ("i", .int(Cells([1, filler], validity: valid))), ("b", .bool(Cells([true, filler == 0], validity: valid))),
        (
          "t",
          .text(
            TextCells(.plain(offsets: [0, 1, 1 + text.utf8.count], bytes: Array(("a" + text).utf8)), validity: valid))
        ),
      ])
    }
    #expect(try written(table(0, "")) == written(table(7, "hidden")))
  }

  @Test func aTableWithoutRowsKeepsItsColumns() throws {
    let table = Table.random(seed: 1, rows: 0)
    for isStream in [false, true] {
      let bytes = try written(table, isStream: isStream)
      #expect(try rows(bytes).table == table && !bytes.isEmpty)
    }
  }

  @Test func vectorsAreWrittenAsColumns() throws {
    let vector = VectorCells(names: ["gold", "silver"], codes: [0, 1, -1])
    let back = try rows(written(Table([("plan", .vector(vector)), ("n", .int(Cells([1, 2, 3])))]))).table
    #expect(back.names == ["plan_gold", "plan_silver", "n"])
    #expect(back["plan_silver"] == .float(Cells([0, 1, 0])))
  }

  @Test func whatIsNotAskedForIsNotRead() throws {
    let path = NSTemporaryDirectory() + "mlp-arrow-\(UUID().uuidString).arrow"
    defer { unlink(path) }
    let table = Table.random(seed: 5, rows: 40_000)
    try DurableFile.write(try written(table), to: path)
    let file = ArrowFormat.source(path, ReadingRequest())
    var read: [Int] = []
    for columns in [nil, ["bool"], []] as [Set<String>?] {
      let report = try file.scan(ScanRequest(columns: columns), Progress()) { _ in .more }
      #expect(report.rowCount == table.rowCount)
      read.append(report.byteCount)
    }
    #expect(read[1] < read[0] / 20 && read[2] < read[1])
    #expect(try file.read(columns: ["int", "bool"], Progress()).table == table.select(["bool", "int"]))
  }

  @Test func rowsAndColumnsAreCut() throws {
    let table = Table.random(seed: 6, rows: 70_000)
    let bytes = try written(table)
    for limit in [0, 1, 65_536, 65_537, 90_000] {
      let cut = try source(bytes).read(ScanRequest(limit: limit), Progress()).table
      #expect(cut == table.head(limit))
    }
    let options: [String: RawValue] = ["rows": .int(2), "columns": .list([.text("int"), .text("bool")])]
    #expect(try rows(bytes, options).table == table.head(2).select(["int", "bool"]))
  }

  @Test func theTableIsTheSameOnAnyNumberOfThreads() throws {
    let table = Table.random(seed: 8, rows: 80_000)
    let bytes = try written(table)
    let before = Threads.count
    defer { Threads.set(before) }
    for count in [1, 2, 5] {
      Threads.set(count)
      #expect(try rows(bytes).table == table)
      #expect(try written(table) == bytes)
    }
  }

  @Test(arguments: ["t.arrow", "t.feather", "t.ipc", "t.arrows"]) func filesOfEveryEnding(name: String) throws {
    let path = NSTemporaryDirectory() + "mlp-\(UUID().uuidString)-\(name)"
    defer { unlink(path) }
    let table = Table.random(seed: 7, rows: 3000)
    let format: any TableWriting.Type = name.hasSuffix("arrows") ? ArrowStreamFormat.self : ArrowFormat.self
    let file = try TableFileWriter(path: path, format)
    try file.append(table, Progress())
    let size = try file.finish(Progress())
    let bytes = try DurableFile.read(path, limit: .max)
    #expect(bytes.count == size && bytes.starts(with: Footer.magic) != name.hasSuffix("arrows"))
    let source = ArrowFormat.source(path, ReadingRequest())
    #expect(try source.read(columns: nil, Progress()).table == table)
    #expect(try source.expectedRows(ScanRequest()) == table.rowCount)
  }

  /// A pipe is read once, be it a stream or a file; what the names say of columns is known only when it is read.
  @Test(arguments: [false, true]) func aPipeIsReadOnce(isStream: Bool) throws {
    let path = NSTemporaryDirectory() + "mlp-\(UUID().uuidString).fifo"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let table = Table.random(seed: 9, rows: 30_000)
    let bytes = try written(table, isStream: isStream)
    let writer = Thread {
      // A pipe that nobody reads any more is of no interest here.
      signal(SIGPIPE, SIG_IGN)
      guard let file = fopen(path, "w") else {
        Issue.record("the pipe cannot be written to")
        return
      }
      fwrite(bytes, 1, bytes.count, file)
      fclose(file)
    }
    let source = ArrowFormat.source(path, ReadingRequest())
    #expect(try source.declaredSchema() == nil)
    writer.start()
    #expect(try source.read(columns: nil, Progress()).table == table)
  }

  /// Buffers and the bodies that they are in begin at multiples of 64.
  @Test func buffersAreAligned() throws {
    let bytes = try written(Table.random(seed: 2, rows: 1000))
    let memory = MemoryStream(bytes)
    let footer = try Footer(memory, source: "t")
    let frames = FooterFrames(memory, footer)
    let (message, body) = try #require(try frames.next(Progress()))
    guard case .batch(let head) = message.content else {
      Issue.record("no batch")
      return
    }
    #expect(body.start % 64 == 0 && head.bufferCount > 10)
    for place in 0..<head.bufferCount { #expect(try head.buffer(place).offset % 64 == 0) }
  }

  @Test func filesAreReadAsOneTable() throws {
    let table = Table.random(seed: 4, rows: 30)
    let parts = try [table.head(10), table].map { try source(written($0)) }
    let joined = ConcatenatedSource(parts, paths: ["a.arrow", "b.arrow"], union: false)
    #expect(try joined.read(columns: nil, Progress()).table.rowCount == 40)
  }
}
