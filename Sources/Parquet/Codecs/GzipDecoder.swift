import CZlib

/// Expands gzip data (RFC 1952), of one member or several; zlib's own framing (RFC 1950) is taken too.
enum GzipDecoder {
  /// 15 bits of window, and 32 for finding out which framing it is.
  private static let windowBits: Int32 = 15 + 32

  /// Puts what the bytes expand to at `target`, which has room for `size` bytes. Throws unless they expand to just so many.
  static func expand(
    _ source: ByteCursor, to target: UnsafeMutablePointer<UInt8>, size: Int
  ) throws(ParquetFailure) {
    var stream = z_stream()
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .damaged("zlib could not be started")
    }
    defer { inflateEnd(&stream) }
    guard let room = UInt32(exactly: size), let length = UInt32(exactly: source.count) else {
      throw .tooLarge("a page of \(size) bytes")
    }
    // zlib does not write to what it reads.
    stream.next_in = UnsafeMutablePointer(mutating: source.at)
    stream.avail_in = length
    stream.next_out = target
    stream.avail_out = room
    while true {
      let status = inflate(&stream, Z_FINISH)
      guard status == Z_STREAM_END else { break }
      if stream.avail_in == 0 {
        if stream.avail_out == 0 { return }
        break
      }
      guard inflateReset(&stream) == Z_OK else { break }
    }
    throw .damaged("its compressed bytes are damaged, or do not expand to \(size) bytes")
  }
}
