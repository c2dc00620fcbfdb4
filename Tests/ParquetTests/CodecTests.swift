import CZlib
import Kernels
import Testing

@testable import Parquet

/// Pages are expanded to what was compressed, and damaged ones are errors within the memory that they may take.
@Suite struct CodecTests {
  private func expand(_ codec: Codec, _ bytes: [UInt8], size: Int) throws -> [UInt8] {
    let target = RawBuffer()
    try Expander().expand(codec, ByteCursor(try buffer(bytes)), to: target, size: size)
    return target.bytes
  }

  private func compressed(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer(SnappyEncoder.compress) }

  // MARK: Snappy

  @Test func theStandardsExampleOfACopyIsExpanded() throws {
    // A literal of three bytes and a copy of four that begins two before.
    #expect(try expand(.snappy, [7, 2 << 2, 0x78, 0x61, 0x62, 1, 2], size: 7) == Array("xababab".utf8))
  }

  @Test func literalsAndCopiesOfEveryFormAreExpanded() throws {
    let text = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
    #expect(try expand(.snappy, [0xAC, 2, 61 << 2, 0x2B, 1] + text, size: 300) == text)
    #expect(try expand(.snappy, [100, 60 << 2, 99] + text[..<100], size: 100) == Array(text[..<100]))
    let start = [UInt8(20), 9 << 2] + text[..<10]
    for copy in [[9 << 2 | 2, 10, 0], [9 << 2 | 3, 10, 0, 0, 0]] as [[UInt8]] {
      #expect(try expand(.snappy, start + copy, size: 20) == Array(text[..<10] + text[..<10]))
    }
    for offset in 1...20 {
      let begun = Array(text[..<20])
      let bytes: [UInt8] = [84, 19 << 2] + begun + [63 << 2 | 2, UInt8(offset), 0]
      let repeated = (0..<64).map { begun[20 - offset + $0 % offset] }
      #expect(try expand(.snappy, bytes, size: 84) == begun + repeated)
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func whatIsCompressedIsExpandedAgain(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let count = [0, 1, 14, 15, 16, 100, 5000, 65_535, 65_536, 70_000, 200_000][Int(seed % 11)]
    let kinds = [2, 4, 16, 256][Int(seed / 11) % 4]
    var bytes: [UInt8] = []
    while bytes.count < count {
      if bytes.count > 10, random.next(below: 3) == 0 {
        let start = random.next(below: bytes.count)
        bytes += bytes[start..<min(bytes.count, start + random.next(below: 200))]
      } else {
        bytes += (0..<random.next(below: 50)).map { _ in UInt8(random.next(below: kinds)) }
      }
    }
    bytes = Array(bytes.prefix(count))
    #expect(try expand(.snappy, compressed(bytes), size: count) == bytes)
  }

  @Test func repeatsMakeABlockSmall() {
    #expect(compressed([UInt8](repeating: 7, count: 1 << 20)).count < 1 << 16)
    #expect(compressed(Array(String(repeating: "all work and no play ", count: 1000).utf8)).count < 2000)
  }

  @Test func damagedBlocksAreErrors() {
    let bad: [[UInt8]] = [
      [], [7], [7, 2 << 2, 1, 2], [3, 2 << 2, 1, 2], [7, 2 << 2, 1, 2, 3], [7, 2 << 2, 1, 2, 3, 1, 4],
      [7, 2 << 2, 1, 2, 3, 1, 0], [7, 2 << 2, 1, 2, 3, 1], [7, 2 << 2, 1, 2, 3, 5, 2], [8, 2 << 2, 1, 2, 3, 1, 2],
      [7, 63 << 2, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    ]
    for bytes in bad { #expect(throws: ParquetFailure.self) { try expand(.snappy, bytes, size: 7) } }
  }

  // MARK: LZ4

  /// `abc`, six bytes from three before, `xyz12`.
  private let block: [UInt8] = [0x32, 0x61, 0x62, 0x63, 3, 0, 0x50, 0x78, 0x79, 0x7A, 0x31, 0x32]

  @Test func blocksOfLZ4AreExpandedAloneAndInFrames() throws {
    let text = Array("abcabcabcxyz12".utf8)
    #expect(try expand(.lz4Raw, block, size: 14) == text)
    #expect(try expand(.lz4, block, size: 14) == text)
    let frame: [UInt8] = [0, 0, 0, 14, 0, 0, 0, 12]
    #expect(try expand(.lz4, frame + block, size: 14) == text)
    #expect(try expand(.lz4, frame + block + frame + block, size: 28) == text + text)
    let two: [UInt8] = [0, 0, 0, 28, 0, 0, 0, 12] + block + [0, 0, 0, 12] + block
    #expect(try expand(.lz4, two, size: 28) == text + text)
  }

  @Test func longLengthsGoOnInFurtherBytes() throws {
    let literal = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    let match: [UInt8] = [0xFF, 255, 30] + literal + [1, 0, 255, 20] + [0x00]
    let expected = literal + [UInt8](repeating: literal[299], count: 15 + 255 + 20 + 4)
    #expect(try expand(.lz4Raw, match, size: expected.count) == expected)
  }

  @Test func damagedBlocksOfLZ4AreErrors() {
    for length in block.indices {
      #expect(throws: ParquetFailure.self) { try expand(.lz4Raw, Array(block[..<length]), size: 14) }
    }
    for (place, byte) in [(4, 4), (4, 0), (0, 0x3F), (0, 0xF2), (6, 0xF0)] as [(Int, UInt8)] {
      var bytes = block
      bytes[place] = byte
      for codec in [Codec.lz4, .lz4Raw] { #expect(throws: ParquetFailure.self) { try expand(codec, bytes, size: 14) } }
    }
    #expect(throws: ParquetFailure.self) { try expand(.lz4, [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 12] + block, size: 14) }
  }

  // MARK: gzip and zstd

  /// As one member of gzip.
  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var (bytes, stream) = (bytes, z_stream())
    var target = [UInt8](repeating: 0, count: bytes.count + 100)
    deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    let made = bytes.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        deflate(&stream, Z_FINISH)
        return Int(stream.total_out)
      }
    }
    deflateEnd(&stream)
    return Array(target[..<made])
  }

  @Test func membersOfGzipAreOnePage() throws {
    let (a, b) = (Array("one and one".utf8), [UInt8](repeating: 9, count: 5000))
    #expect(try expand(.gzip, gzip(a), size: a.count) == a)
    #expect(try expand(.gzip, gzip(a) + gzip(b), size: a.count + b.count) == a + b)
    for bytes in [Array(gzip(b).dropLast(9)), gzip(b) + [1], [], [1, 2, 3]] {
      #expect(throws: ParquetFailure.self) { try expand(.gzip, bytes, size: 5000) }
    }
    #expect(throws: ParquetFailure.self) { try expand(.gzip, gzip(b), size: 4999) }
    #expect(throws: ParquetFailure.self) { try expand(.gzip, gzip(b), size: 5001) }
  }

  /// A frame of zstd (RFC 8878) with one block that repeats a byte.
  private func zstd(_ byte: UInt8, count: UInt32) -> [UInt8] {
    let head = count << 3 | 1 << 1 | 1
    let size = withUnsafeBytes(of: count.littleEndian) { Array($0) }
    return [0x28, 0xB5, 0x2F, 0xFD, 0xA0] + size + (0..<3).map { UInt8(truncatingIfNeeded: head >> UInt32(8 * $0)) } + [
      byte
    ]
  }

  @Test func framesOfZstdAreExpanded() throws {
    #expect(try expand(.zstd, zstd(7, count: 100_000), size: 100_000) == [UInt8](repeating: 7, count: 100_000))
    for bytes in [Array(zstd(7, count: 100_000).dropLast()), [], [1, 2, 3, 4, 5, 6, 7, 8]] {
      #expect(throws: ParquetFailure.self) { try expand(.zstd, bytes, size: 100_000) }
    }
    #expect(throws: ParquetFailure.self) { try expand(.zstd, zstd(7, count: 100_000), size: 99_999) }
  }

  @Test func noMemoryIsTakenForWhatACodecCannotMake() {
    for (codec, size) in [
      (Codec.snappy, 1 << 12), (.gzip, 1 << 16), (.lz4Raw, 1 << 14), (.lz4, 1 << 14), (.zstd, 1 << 30),
    ] {
      #expect {
        try expand(codec, [UInt8](repeating: 0, count: 12), size: size)
      } throws: { error in
        guard case .damaged(let words)? = error as? ParquetFailure else { return false }
        return words.contains("more than \(codec) can do")
      }
    }
  }
}
