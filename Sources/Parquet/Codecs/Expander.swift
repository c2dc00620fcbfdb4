import CZstd
import Synchronization

/// Expands pages. What one of the codecs needs for its work is kept for the next page.
final class Expander: Sendable {
  private struct Context: @unchecked Sendable { let pointer: OpaquePointer }

  /// Workspaces of zstd that nobody uses just now.
  private let idle = Mutex<[Context]>([])

  deinit { idle.withLock { for context in $0 { ZSTD_freeDCtx(context.pointer) } } }

  /// How many bytes the codec can make of one at most, and of none: more is a lie, and no memory is taken for it.
  private static func most(_ codec: Codec, _ count: Int) -> Int {
    switch codec {
    // a copy of 64 bytes takes three
    case .snappy: count * 22 + 64
    // RFC 1951 stores at most 258 bytes in two bits
    case .gzip: count * 1032 + 64
    // a byte lengthens a copy by 255
    case .lz4, .lz4Raw: count * 255 + 64
    // a block of one byte again and again has 128 KB and takes four
    case .zstd: count * (1 << 15) + (1 << 17)
    case .uncompressed, .lzo, .brotli: count
    }
  }

  /// Makes `target` hold what the bytes expand to, `size` bytes. Throws for bytes that are not of the codec, or expand to another size.
  func expand(_ codec: Codec, _ source: ByteCursor, to target: RawBuffer, size: Int) throws(ParquetFailure) {
    guard size <= Self.most(codec, source.count) else {
      throw .damaged("a page says that its \(source.count) bytes expand to \(size), more than \(codec) can do")
    }
    try target.resize(to: size)
    switch codec {
    case .snappy: try SnappyDecoder.expand(source, to: target.base, size: size)
    case .gzip: try GzipDecoder.expand(source, to: target.base, size: size)
    case .zstd: try expandZstd(source, to: target.base, size: size)
    case .lz4: try LZ4Decoder.expandFramed(source, to: target.base, size: size)
    case .lz4Raw: try LZ4Decoder.expand(source, to: target.base, size: size)
    case .uncompressed, .lzo, .brotli: throw .damaged("its pages are not compressed in a way that can be expanded")
    }
  }

  private func expandZstd(
    _ source: ByteCursor, to target: UnsafeMutablePointer<UInt8>, size: Int
  ) throws(ParquetFailure) {
    guard let context = idle.withLock({ $0.popLast() }) ?? ZSTD_createDCtx().map(Context.init) else {
      throw .tooLarge("the workspace of zstd")
    }
    defer { idle.withLock { $0.append(context) } }
    let made = ZSTD_decompressDCtx(context.pointer, target, size, source.at, source.count)
    guard ZSTD_isError(made) == 0, made == size else {
      throw .damaged("its compressed bytes are damaged, or do not expand to \(size) bytes")
    }
  }
}
