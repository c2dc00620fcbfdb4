import Glibc

/// Values whose lengths stand apart from their bytes (DELTA_LENGTH_BYTE_ARRAY), and values that begin as the one before
/// (DELTA_BYTE_ARRAY). They are laid out as plain pages have them.
enum DeltaByteArrays {
  /// Bytes of a length before each value; values of one length have none.
  private static let prefix = 4

  /// Lengths, then all bytes.
  static func byLength(_ source: ByteCursor, most: Int, into buffer: RawBuffer) throws(ParquetFailure) -> ByteCursor {
    var (lengths, bytes) = try DeltaBinaryPacked.lengths(source, most: most)
    // Each length is of 32 bits and there are no more than a page has values: their sum does not overflow.
    let total = lengths.reduce(0, +)
    guard total <= bytes.count else { throw .damaged("its values end early") }
    try buffer.resize(to: total + prefix * lengths.count)
    var target = buffer.base
    for length in lengths {
      put(length, at: &target)
      memcpy(target, bytes.at, length)
      target += length
      bytes.skip(length)
    }
    return ByteCursor(buffer)
  }

  /// How many bytes each value shares with the one before, then the others by length. With `width` every value has so many bytes.
  static func byPrefix(
    _ source: ByteCursor, width: Int?, most: Int, into buffer: RawBuffer
  ) throws(ParquetFailure) -> ByteCursor {
    let (shared, rest) = try DeltaBinaryPacked.lengths(source, most: most)
    var (own, bytes) = try DeltaBinaryPacked.lengths(rest, most: most)
    guard shared.count == own.count else {
      throw .damaged("it has \(shared.count) beginnings for \(own.count) values")
    }
    let total = shared.reduce(0, +) + own.reduce(0, +)
    guard own.reduce(0, +) <= bytes.count else { throw .damaged("its values end early") }
    try buffer.resize(to: total + (width == nil ? prefix * own.count : 0))
    var (target, last) = (buffer.base, 0)
    for place in own.indices {
      let length = shared[place] + own[place]
      guard shared[place] <= last else { throw .damaged("a value shares more bytes with the one before than that has") }
      guard width == nil || length == width else { throw .damaged("it has a value of \(length) bytes") }
      let before = target - last
      if width == nil { put(length, at: &target) }
      memmove(target, before, shared[place])
      memcpy(target + shared[place], bytes.at, own[place])
      bytes.skip(own[place])
      target += length
      last = length
    }
    return ByteCursor(buffer)
  }

  private static func put(_ length: Int, at target: inout UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(target).storeBytes(of: UInt32(truncatingIfNeeded: length), as: UInt32.self)
    target += prefix
  }
}
