import CZstd

/// Compresses bytes as one frame of Zstandard (RFC 8878) with a checksum, at the usual level.
///
/// The compressor gets pieces of one size, whatever sizes the bytes come in: its output could depend on them.
final class ZstdWriter: CompressedWriter {
  private static let pieceSize = 1 << 18

  private let context: OpaquePointer?
  private var waiting: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: ZstdWriter.pieceSize)
  private(set) var hasFailed = false

  init(level: Int32 = 3) {
    context = ZSTD_createCCtx()
    hasFailed = context == nil
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  func take(_ bytes: [UInt8]) -> [UInt8] {
    waiting.append(contentsOf: bytes)
    var result: [UInt8] = []
    var at = 0
    while waiting.count - at > Self.pieceSize {
      compress(waiting[at..<at + Self.pieceSize], isLast: false, &result)
      at += Self.pieceSize
    }
    waiting.removeFirst(at)
    return result
  }

  func finish() -> [UInt8] {
    var result: [UInt8] = []
    compress(waiting[...], isLast: true, &result)
    waiting = []
    return result
  }

  private func compress(_ input: ArraySlice<UInt8>, isLast: Bool, _ result: inout [UInt8]) {
    if hasFailed { return }
    input.withUnsafeBytes { source in
      var taken = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while true {
        let (written, left) = step(&taken, isLast ? ZSTD_e_end : ZSTD_e_continue)
        result.append(contentsOf: piece[0..<written])
        // At the end there is nothing left to be written; before it, nothing to be read.
        if hasFailed || (isLast ? left == 0 : taken.pos == taken.size) { return }
      }
    }
  }

  /// How many bytes a call gave, and a hint of how many there are still.
  private func step(_ input: inout ZSTD_inBuffer, _ directive: ZSTD_EndDirective) -> (written: Int, left: Int) {
    piece.withUnsafeMutableBytes { target in
      var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
      let left = ZSTD_compressStream2(context, &output, &input, directive)
      if ZSTD_isError(left) != 0 { hasFailed = true }
      return (output.pos, left)
    }
  }
}
