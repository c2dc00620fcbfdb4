import CLZ4
import CZstd
import Descriptions
import Formats

/// How the pages of a file that is written are compressed.
public enum PageCompression: String, ChoiceValue, Sendable {
  case snappy, zstd, gzip, lz4, none

  /// As other writers have it: more takes much longer.
  private static let zstdLevel: Int32 = 1

  var codec: Codec {
    switch self {
    case .snappy: .snappy
    case .zstd: .zstd
    case .gzip: .gzip
    case .lz4: .lz4Raw
    case .none: .uncompressed
    }
  }

  /// A page compressed: equal bytes give equal bytes. nil where the library has not the memory for it.
  func compress(_ page: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    switch self {
    case .snappy: SnappyEncoder.compress(page)
    case .none: Array(page)
    case .zstd:
      made(most: ZSTD_compressBound(page.count)) { target in
        let count = ZSTD_compress(target.baseAddress, target.count, page.baseAddress, page.count, Self.zstdLevel)
        return ZSTD_isError(count) == 0 ? count : nil
      }
    case .lz4:
      made(most: Int(LZ4_compressBound(Int32(clamping: page.count)))) { target in
        guard let source = page.baseAddress, let made = target.baseAddress else { return nil }
        let count = LZ4_compress_default(
          UnsafeRawPointer(source).assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(made).assumingMemoryBound(to: CChar.self), Int32(clamping: page.count),
          Int32(clamping: target.count))
        return count > 0 ? Int(count) : nil
      }
    case .gzip: gzipped(page)
    }
  }

  private func made(most: Int, _ write: (UnsafeMutableBufferPointer<UInt8>) -> Int?) -> [UInt8]? {
    var isMade = true
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { target, count in
      let size = write(target)
      isMade = size != nil
      count = size ?? 0
    }
    return isMade ? bytes : nil
  }

  private func gzipped(_ page: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let writer = GzipWriter()
    let bytes = writer.take(Array(page)) + writer.finish()
    return writer.hasFailed ? nil : bytes
  }
}
