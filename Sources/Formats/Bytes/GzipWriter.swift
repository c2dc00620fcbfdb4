import CZlib
import Kernels

/// Compresses bytes as one gzip member (RFC 1952) without a name or a time, so that equal bytes stay equal.
enum GzipWriter {
  private static let pieceSize = 1 << 18

  static func compress(_ bytes: [UInt8], level: Int32 = 6, _ progress: Progress) throws(Cancelled) -> [UInt8] {
    var stream = z_stream()
    // 15 window bits, plus 16 for the gzip wrapper; 8 is zlib's usual memory level.
    _ = deflateInit2_(
      &stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceSize)
    var at = 0
    repeat {
      try progress.checkpoint()
      let count = min(pieceSize, bytes.count - at)
      deflate(&stream, bytes[at..<at + count], isLast: at + count == bytes.count, &piece, &result)
      at += count
    } while at < bytes.count
    return result
  }

  private static func deflate(
    _ stream: inout z_stream, _ input: ArraySlice<UInt8>, isLast: Bool, _ piece: inout [UInt8], _ result: inout [UInt8]
  ) {
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
