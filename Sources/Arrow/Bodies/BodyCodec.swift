import CLZ4
import CZstd
import Tables

/// How the buffers of a body are compressed, each by itself (BodyCompression of Message.fbs).
enum BodyCodec: Sendable {
  case lz4Frame, zstd

  init(_ table: FlatTable) throws(SourceError) {
    let codec: Int8 = try table.number(0, otherwise: 0)
    let method: Int8 = try table.number(1, otherwise: 0)
    guard method == 0, (0...1).contains(codec) else {
      throw SourceError(
        source: table.bytes.source, reason: .badFormat("it is compressed in a way that is not known here"))
    }
    self = codec == 0 ? .lz4Frame : .zstd
  }

  /// How many bytes one compressed byte stands for at most; what claims more is no such data. A block of LZ4 stands for 255 times its
  /// length, one of four bytes of zstd for 128 KiB.
  var mostRatio: Int {
    switch self {
    case .lz4Frame: 256
    case .zstd: 1 << 16
    }
  }

  /// Expands `source` to exactly `count` bytes at `target`; false where it is damaged or of another length.
  func expand(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, _ count: Int) -> Bool {
    switch self {
    case .zstd: ZSTD_decompress(target, count, source.baseAddress, source.count) == count
    case .lz4Frame: Self.expandLZ4(source, into: target, count)
    }
  }

  private static func expandLZ4(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, _ count: Int
  ) -> Bool {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0,
      let base = source.baseAddress
    else { return false }
    defer { LZ4F_freeDecompressionContext(context) }
    var (given, taken) = (0, 0)
    while true {
      var (room, offered) = (count - given, source.count - taken)
      let hint = LZ4F_decompress(context, target + given, &room, base + taken, &offered, nil)
      if LZ4F_isError(hint) != 0 { return false }
      given += room
      taken += offered
      // Zero says that the frame is complete.
      if hint == 0 { return given == count && taken == source.count }
      if room == 0, offered == 0 { return false }
    }
  }
}
