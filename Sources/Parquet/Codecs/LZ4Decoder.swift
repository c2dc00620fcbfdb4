/// Expands blocks of LZ4 (lz4/lz4, doc/lz4_Block_format.md), as they are and as Hadoop frames them.
enum LZ4Decoder {
  private static let (shortest, longField) = (4, 15)

  /// Puts what a block expands to at `target`, which has room for `size` bytes and the margin of a `RawBuffer`. Throws unless it expands
  /// to just so many.
  static func expand(
    _ source: ByteCursor, to target: UnsafeMutablePointer<UInt8>, size: Int
  ) throws(ParquetFailure) {
    guard block(source.at, source.count, target, size) == size else { throw damaged }
  }

  /// The same of blocks in Hadoop's frames: the size of what follows expanded, then blocks, each after its own size. Files of before
  /// those were written hold a block without a frame under the same number.
  static func expandFramed(
    _ source: ByteCursor, to target: UnsafeMutablePointer<UInt8>, size: Int
  ) throws(ParquetFailure) {
    if frames(source, target, size) { return }
    try expand(source, to: target, size: size)
  }

  private static var damaged: ParquetFailure { .damaged("its compressed bytes are damaged") }

  private static func frames(_ source: ByteCursor, _ target: UnsafeMutablePointer<UInt8>, _ size: Int) -> Bool {
    var source = source
    var done = 0
    while source.count > 0 {
      guard let expanded = bigEndian(&source), expanded <= size - done else { return false }
      let end = done + expanded
      while done < end {
        guard let length = bigEndian(&source), length <= source.count else { return false }
        let made = block(source.at, length, target + done, end - done)
        guard made > 0 else { return false }
        done += made
        source.skip(length)
      }
    }
    return done == size
  }

  private static func bigEndian(_ source: inout ByteCursor) -> Int? {
    guard source.count >= 4 else { return nil }
    defer { source.skip(4) }
    return Int(UInt32(bigEndian: UnsafeRawPointer(source.at).loadUnaligned(as: UInt32.self)))
  }

  /// Expands a block and gives how many bytes it made, at most `room`; below zero where it is damaged.
  private static func block(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, _ room: Int
  ) -> Int {
    var (at, done) = (0, 0)
    while at < count {
      let token = Int(source[at])
      at &+= 1
      var length = token >> 4
      if length == longField, !extend(&length, source, &at, count) { return -1 }
      if length > count &- at || length > room &- done { return -1 }
      BlockCopy.literal(source + at, to: target + done, length)
      at &+= length
      done &+= length
      if at == count { return done }
      guard count &- at >= 2 else { return -1 }
      let offset = Int(UnsafeRawPointer(source + at).loadUnaligned(as: UInt16.self))
      at &+= 2
      length = token & longField
      if length == longField, !extend(&length, source, &at, count) { return -1 }
      length &+= shortest
      if offset == 0 || offset > done || length > room &- done { return -1 }
      BlockCopy.match(target + done, offset: offset, length)
      done &+= length
    }
    // A block ends in a literal.
    return -1
  }

  /// Adds the bytes that go on with a length, the last of which is not the highest.
  @inline(__always)
  private static func extend(
    _ length: inout Int, _ source: UnsafePointer<UInt8>, _ at: inout Int, _ count: Int
  ) -> Bool {
    while at < count {
      let more = source[at]
      at &+= 1
      length &+= Int(more)
      if more < 255 { return true }
    }
    return false
  }
}
