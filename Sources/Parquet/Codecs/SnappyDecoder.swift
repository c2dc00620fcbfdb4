/// Expands blocks of Snappy (google/snappy, format_description.txt).
enum SnappyDecoder {
  /// Puts what the bytes expand to at `target`, which has room for `size` bytes and the margin of a `RawBuffer`. Throws unless they
  /// expand to just so many.
  static func expand(
    _ source: ByteCursor, to target: UnsafeMutablePointer<UInt8>, size: Int
  ) throws(ParquetFailure) {
    var source = source
    let stated = try source.varint("its compressed bytes")
    guard stated == UInt64(size) else {
      throw .damaged("its compressed bytes say that they expand to \(stated) bytes, and their page to \(size)")
    }
    guard elements(source.at, source.count, target, size) else { throw .damaged("its compressed bytes are damaged") }
  }

  /// A literal whose length stands behind its tag has this in the tag, or up to three more.
  private static let longLiteral = 60

  /// Expands literals and copies until all bytes are taken; false where they do not fit.
  private static func elements(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, _ size: Int
  ) -> Bool {
    var (at, done) = (0, 0)
    while at < count {
      let tag = Int(source[at])
      at &+= 1
      // What stands behind the tag; the margin may be read.
      let word = Int(UnsafeRawPointer(source + at).loadUnaligned(as: UInt32.self))
      if tag & 3 == 0 {
        var length = tag >> 2 &+ 1
        if length > longLiteral {
          let bytes = length &- longLiteral
          length = word & (1 << (8 &* bytes) &- 1) &+ 1
          at &+= bytes
        }
        if length > count &- at || length > size &- done { return false }
        BlockCopy.literal(source + at, to: target + done, length)
        at &+= length
        done &+= length
        continue
      }
      var (length, offset) = (tag >> 2 &+ 1, 0)
      switch tag & 3 {
      case 1:
        length = tag >> 2 & 7 &+ 4
        offset = (tag >> 5) << 8 | (word & 0xFF)
        at &+= 1
      case 2:
        offset = word & 0xFFFF
        at &+= 2
      default:
        offset = word
        at &+= 4
      }
      if at > count || offset == 0 || offset > done || length > size &- done { return false }
      BlockCopy.match(target + done, offset: offset, length)
      done &+= length
    }
    return done == size
  }
}
