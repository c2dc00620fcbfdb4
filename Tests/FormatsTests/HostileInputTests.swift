import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// Input that means harm ends in a table or an error value, in bounded time and memory.
struct HostileInputTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func randomBytes(seed: UInt64) {
    var random = CounterRandom(seed: seed)
    let alphabet: [UInt8] = Array("\",;\t|\r\n 0123456789.-+eETZ:/aN\u{E9}'\\#".utf8) + [0, 0xFF]
    let isText = seed % 2 == 0
    let bytes = (0..<random.next(below: 3000)).map { _ in
      isText ? alphabet[random.next(below: alphabet.count)] : UInt8(truncatingIfNeeded: random.next())
    }
    for change: (inout DelimitedOptions) -> Void in [
      { _ in }, { $0.onConflict = .reject }, { $0.header = .absent }, { $0.missing = ["0", "-"] },
      { $0.encoding = TextEncoding.allCases[Int(seed % 6)] }, { $0.lineEnd = LineEnd.allCases[Int(seed % 3)] },
      {
        $0.quote = seed % 3 == 0 ? .none : .mark(UInt8(ascii: "'"))
        $0.escape = seed % 2 == 0 ? "\\" : nil
        $0.comment = "#"
        $0.blockSize = 50
        $0.onConflict = .reject
      },
      {
        $0.skip = Int(seed % 3)
        $0.footer = Int(seed % 4)
        $0.units = seed % 2 == 0
        $0.dates = .dmy
      },
    ] {
      do throws(SourceError) {
        let table = try rows(bytes, change).table
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
      } catch {
        #expect(error.source == "t.csv")
      }
    }
  }

  @Test func nothingButQuotes() {
    for count in [1, 2, 3, 4, 1000, 1_000_001] {
      _ = failure([UInt8](repeating: 0x22, count: count))
      _ = failure(Array("a,b\n".utf8) + [UInt8](repeating: 0x22, count: count))
    }
    #expect(failure(Array("a,b\n".utf8) + [UInt8](repeating: 0x22, count: 1_000_001)) != nil)
  }

  @Test func aFieldBeyondTheLimitIsRefusedAndOneBelowIsRead() throws {
    let field = [UInt8](repeating: 0x78, count: 20_000_000)
    let text = Array("a,b\n1,\"".utf8) + field + Array("\"\n2,y\n".utf8)
    #expect(try rows(text).table["b"]?[0].description.utf8.count == field.count)
    guard case .tooLarge = failure(text, { $0.recordLimit = 1 << 20 })?.reason else {
      Issue.record("a long row was taken")
      return
    }
  }

  @Test func aMillionColumnsAreRefused() {
    let header = Array(String(repeating: "c,", count: 1_000_000).utf8) + Array("c\n".utf8)
    guard case .tooLarge = failure(header)?.reason else {
      Issue.record("a million columns were taken")
      return
    }
  }

  @Test func aNameRepeatedManyTimesTakesNoQuadraticTime() throws {
    let header = Array(String(repeating: "c,", count: 49_999).utf8) + Array("c\n".utf8)
    #expect(try rows(header).table.names.last == "c_50000")
  }

  @Test func aWideHeaderOverShortRowsTakesNoMemoryForRowsThatCannotBe() {
    let names = (0..<8000).map { "\($0)x" }.joined(separator: ",")
    let text = names + "\n" + String(repeating: "x\n", count: 50_000)
    guard case .badRow(row: 1, _, _, others: 49_999) = failure(text)?.reason else {
      Issue.record("short rows were taken")
      return
    }
  }

  @Test func manyColumnsAreReadThoughTheHeaderIsLongerThanTheSample() throws {
    let names = (0..<30_000).map { "c\($0)" }
    let text = names.joined(separator: ",") + "\n" + names.indices.map { "\($0)" }.joined(separator: ",") + "\n"
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    #expect(try source.declaredSchema() == nil)
    let table = try source.read(columns: nil, Progress()).table
    #expect(table.names == names)
    #expect(table["c29999"] == .int(Cells([29999])))
  }

  private func compressed() throws -> (text: [UInt8], gzip: [UInt8]) {
    let text = DelimitedWriter.bytes(RoundTripTests.table(seed: 1, rows: 5000))
    return (text, GzipWriter.compress(text))
  }

  @Test func compressedDataThatIsCutOrDamagedIsAnError() throws {
    let (_, gzip) = try compressed()
    for length in [2, 9, 10, 11, 100, gzip.count / 2, gzip.count - 9, gzip.count - 1] {
      guard case .badFormat = failure(Array(gzip.prefix(length)))?.reason else {
        Issue.record("cut after \(length) bytes was taken")
        return
      }
    }
    var random = CounterRandom(seed: 4)
    for _ in 0..<40 {
      var damaged = gzip
      damaged[12 + random.next(below: gzip.count - 12)] ^= 0x55
      #expect(failure(damaged) != nil)
    }
    #expect(failure(gzip + [1, 2, 3]) != nil)
  }

  @Test func membersOneAfterAnotherAreOneText() throws {
    let (text, _) = try compressed()
    let parts = [text.prefix(1000), text.dropFirst(1000)]
    var joined: [UInt8] = []
    for part in parts { joined += GzipWriter.compress(Array(part)) }
    joined += [0, 0, 0]
    #expect(try rows(joined).table == rows(text).table)
  }

  @Test func whatExpandsBeyondTheLimitIsRefused() throws {
    let bomb = GzipWriter.compress(Array(String(repeating: "1,2\n", count: 500_000).utf8))
    guard case .tooLarge = failure(bomb, { $0.expandedLimit = 1 << 20 })?.reason else {
      Issue.record("a bomb went off")
      return
    }
  }

  @Test func checkingReadsNoMoreThan64KiBOfAFile() throws {
    for name in ["big.csv", "big.csv.gz"] {
      let path = "/tmp/mlp-sample-\(getpid())-\(name)"
      defer { unlink(path) }
      try CSVFormat.write(RoundTripTests.table(seed: 3, rows: 20_000), to: path)
      let measured = try DelimitedSource(path: path).measuredSchema()
      #expect(measured.schema?.schema.fields.count == 7)
      #expect(measured.bytesRead <= 65_536)
      #expect(measured.bytesRead > 10_000)
    }
  }

  @Test func aPipeIsReadOnceAndNotForChecking() throws {
    let path = "/tmp/mlp-pipe-\(getpid()).csv"
    unlink(path)
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let source = DelimitedSource(path: path)
    #expect(try source.declaredSchema() == nil)
    let text = DelimitedWriter.bytes(RoundTripTests.table(seed: 2, rows: 3000))
    let writer = startWriter(path, text)
    let table = try source.read(columns: nil, Progress()).table
    #expect(table == RoundTripTests.table(seed: 2, rows: 3000))
    if let writer { pthread_join(writer, nil) }
  }

  @Test func filesThatAreNotThereOrNotFilesAreErrors() {
    for path in ["/nowhere/x.csv", "/tmp/nowhere-at-all.csv"] {
      #expect(throws: SourceError(source: path, reason: .file(FileError(path: path, reason: .notFound)))) {
        try DelimitedSource(path: path).declaredSchema()
      }
    }
    #expect(throws: SourceError(source: "/tmp", reason: .file(FileError(path: "/tmp", reason: .isFolder)))) {
      try DelimitedSource(path: "/tmp").read(columns: nil, Progress())
    }
  }

  @Test func aReadingCanBeCancelled() {
    let progress = Progress()
    progress.cancel()
    #expect(throws: SourceError(source: "t.csv", reason: .cancelled)) {
      try DelimitedSource(bytes: Array("a,b\n1,2\n".utf8), name: "t.csv").read(columns: nil, progress)
    }
  }
}

/// Writes `text` into the pipe at `path` from a thread of its own.
private func startWriter(_ path: String, _ text: [UInt8]) -> pthread_t? {
  final class Load {
    let path: String
    let text: [UInt8]
    init(_ path: String, _ text: [UInt8]) {
      self.path = path
      self.text = text
    }
  }
  var thread = pthread_t()
  let load = Unmanaged.passRetained(Load(path, text)).toOpaque()
  let code = pthread_create(
    &thread, nil,
    { raw in
      guard let raw else { return nil }
      let load = Unmanaged<Load>.fromOpaque(raw).takeRetainedValue()
      let descriptor = open(load.path, O_WRONLY)
      var at = 0
      while at < load.text.count {
        // Short writes, so that the reader meets short reads.
        let count = load.text.withUnsafeBytes { buffer in
          buffer.baseAddress.map { write(descriptor, $0 + at, min(777, load.text.count - at)) } ?? -1
        }
        if count <= 0 { break }
        at += count
      }
      close(descriptor)
      return nil
    }, load)
  return code == 0 ? thread : nil
}
