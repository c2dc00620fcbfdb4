import CZstd
import Descriptions
import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// Compressed text is read as what is in it, or is an error; what is written does not depend on the pieces it comes in.
struct CompressionTests {
  private static func packed(_ bytes: [UInt8], _ compression: Compression = .zst) -> [UInt8] {
    let writer = compression.writer
    return writer.take(bytes) + writer.finish()
  }

  private static let text = DelimitedWriter.bytes(RoundTripTests.table(seed: 1, rows: 8000))

  /// One frame, with the level and the window that are asked for.
  private static func frame(_ bytes: [UInt8], level: Int32 = 3, windowLog: Int32 = 0) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
    var target = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let room = target.count
    let count = ZSTD_compress2(context, &target, room, bytes, bytes.count)
    return ZSTD_isError(count) == 0 ? Array(target[..<count]) : []
  }

  @Test(arguments: Compression.allCases, [0, 1, 1000, 3_000_000]) func whatIsWrittenIsReadBack(
    way: Compression, count: Int
  ) throws {
    let bytes = Array(Self.text.prefix(count))
    let packed = Self.packed(bytes, way)
    #expect(Compression(beginning: packed) == way)
    let stream = try way.text(in: MemoryStream(packed), head: [], source: "t", limit: .max)
    var target = [UInt8](repeating: 0, count: bytes.count + 1)
    let got = try target.withUnsafeMutableBytes { try $0.baseAddress.map { try stream.fill($0, bytes.count + 1) } }
    #expect(got == bytes.count && Array(target.prefix(bytes.count)) == bytes && stream.isDone)
  }

  @Test(arguments: Compression.allCases, [1, 1000, 262_144, 300_000]) func piecesNeverShow(way: Compression, size: Int)
  {
    let writer = way.writer
    var packed: [UInt8] = []
    for start in stride(from: 0, to: Self.text.count, by: size == 1 ? 77 : size) {
      packed += writer.take(Array(Self.text[start..<min(Self.text.count, start + (size == 1 ? 77 : size))]))
    }
    #expect(packed + writer.finish() == Self.packed(Self.text, way) && !writer.hasFailed)
  }

  @Test func framesOneAfterAnotherAreOneText() throws {
    let expected = try rows(Self.text).table
    var joined: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    for part in [Array(Self.text.prefix(1000)), [], Array(Self.text.dropFirst(1000))] { joined += Self.packed(part) }
    joined += [0x5F, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]
    #expect(try rows(joined).table == expected)
    #expect(try rows(Self.frame(Self.text, level: 19)).table == expected)
    #expect(try rows(Self.frame(Self.text, level: 1)).table == expected)
  }

  @Test func whatIsCutOrDamagedIsAnError() {
    let packed = Self.packed(Self.text)
    for length in [4, 5, 9, 100, packed.count / 2, packed.count - 5, packed.count - 1] {
      guard case .badFormat(let words)? = failure(Array(packed.prefix(length)))?.reason else {
        Issue.record("cut after \(length) bytes was taken")
        continue
      }
      #expect(words.contains("ends early"))
    }
    var random = CounterRandom(seed: 4)
    for _ in 0..<40 {
      var damaged = packed
      damaged[8 + random.next(below: packed.count - 8)] ^= 0x55
      #expect(failure(damaged) != nil)
    }
    guard case .badFormat(let words)? = failure(packed + [1, 2, 3, 4, 5, 6, 7, 8, 9])?.reason else {
      Issue.record("other bytes were taken")
      return
    }
    #expect(words.contains("other bytes"))
  }

  @Test func whatExpandsBeyondTheLimitIsRefused() {
    let bomb = Self.packed(Array(String(repeating: "1,2\n", count: 500_000).utf8))
    #expect(bomb.count < 2000)
    guard case .tooLarge = failure(bomb, { $0.expandedLimit = 1 << 20 })?.reason else {
      Issue.record("a bomb went off")
      return
    }
  }

  /// A window is memory that the data ask for.
  @Test func aWindowBeyondTheBoundIsRefused() throws {
    let expected = try rows(Self.text).table
    #expect(try rows(Self.frame(Self.text, level: 3, windowLog: 23)).table == expected)
    // A header that asks for a window of 2 GB: no size of the content, window descriptor 21 << 3.
    let wide: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 21 << 3, 0x01, 0x00, 0x00]
    guard case .tooLarge = failure(wide)?.reason else {
      Issue.record("a wide window was taken: \(String(describing: failure(wide)))")
      return
    }
  }

  @Test func smallFilesAreKnownToBeWhole() throws {
    for way in Compression.allCases {
      let packed = Self.packed(Array("a,b\n1,x".utf8), way)
      #expect(try SampledStream(MemoryStream(packed), source: "t", expandedLimit: 100).isWhole)
      #expect(try DelimitedSource(bytes: packed, name: "t").declaredSchema()?.schema.fields.count == 2)
      let cut = Array(packed.dropLast(3))
      #expect(throws: SourceError.self) { try DelimitedSource(bytes: cut, name: "t").declaredSchema() }
    }
  }

  @Test(
    arguments: [
      ("a.csv.gz", Compression.gz, "csv", "a"), ("b/a.x.CSV.ZST", .zst, "csv", "a.x"), ("a.csv", nil, "csv", "a"),
      ("zst", nil, nil, "zst"),
      (".zst", .zst, nil, ""), ("a.zst", .zst, nil, "a"), ("a.zst.csv", nil, "csv", "a.zst"),
      ("a.gz.", nil, "", "a.gz"),
    ] as [(String, Compression?, String?, String)])
  func namesTellCompressions(path: String, way: Compression?, ending: String?, stem: String) {
    #expect(Compression(path: path) == way)
    #expect(FileName.plainExtension(path) == ending)
    #expect(FileName.stem(path) == stem)
  }

  @Test func contentIsCompressedAsTheNameTells() {
    let bytes = Array("{}".utf8)
    #expect(Compression.content(bytes, for: "a.json") == bytes)
    #expect(Compression.content(bytes, for: "a.json.zst") == Self.packed(bytes))
    #expect(Compression.listed == ".gz and .zst")
  }
}
