import CZlib

/// Compresses bytes as one gzip member (RFC 1952) without a name or a time, or as bare deflate data (RFC 1951), so that equal bytes
/// stay equal.
///
/// The compressor gets pieces of one size, whatever sizes the bytes come in: its output could depend on them.
package final class GzipWriter: CompressedWriter {
  private static let pieceSize = 1 << 18

  private var stream = z_stream()
  private var waiting: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: GzipWriter.pieceSize)
  package private(set) var hasFailed = false

  package init(level: Int32 = 6, isBare: Bool = false) {
    // 15 window bits, plus 16 for the gzip wrapper or negative for none; 8 is zlib's usual memory level.
    let status = deflateInit2_(
      &stream, level, Z_DEFLATED, isBare ? -15 : 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    hasFailed = status != Z_OK
  }

  deinit { deflateEnd(&stream) }

  /// Takes more bytes and gives what is compressed so far.
  package func take(_ bytes: [UInt8]) -> [UInt8] {
    waiting.append(contentsOf: bytes)
    var result: [UInt8] = []
    var at = 0
    while waiting.count - at > Self.pieceSize {
      deflate(waiting[at..<at + Self.pieceSize], isLast: false, &result)
      at += Self.pieceSize
    }
    waiting.removeFirst(at)
    return result
  }

  /// The rest, with the end of the member.
  package func finish() -> [UInt8] {
    var result: [UInt8] = []
    deflate(waiting[...], isLast: true, &result)
    waiting = []
    return result
  }

  private func deflate(_ input: ArraySlice<UInt8>, isLast: Bool, _ result: inout [UInt8]) {
    if hasFailed { return }
    var input = Array(input)
    input.withUnsafeMutableBufferPointer { source in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      repeat {
        let written = piece.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress
          stream.avail_out = UInt32(target.count)
          _ = CZlib.deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return target.count - Int(stream.avail_out)
        }
        result.append(contentsOf: piece[0..<written])
      } while stream.avail_out == 0
    }
  }
}
