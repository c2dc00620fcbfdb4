/// Values whose first bytes stand together, then their second ones, and so on (BYTE_STREAM_SPLIT).
enum ByteStreamSplit {
  /// Lays the values out one after the other, as plain pages have them.
  static func plain(_ source: ByteCursor, width: Int, into buffer: RawBuffer) throws(ParquetFailure) -> ByteCursor {
    guard width > 0, source.count % width == 0 else {
      throw .damaged("its \(source.count) bytes are no whole number of values of \(width)")
    }
    let count = source.count / width
    try buffer.resize(to: source.count)
    switch width {
    case 4: words(source.at, count, UnsafeMutableRawPointer(buffer.base), UInt32.self)
    case 8: words(source.at, count, UnsafeMutableRawPointer(buffer.base), UInt64.self)
    default:
      for stream in 0..<width {
        let bytes = source.at + stream * count
        for place in 0..<count { buffer.base[place &* width &+ stream] = bytes[place] }
      }
    }
    return ByteCursor(buffer)
  }

  /// A whole value at a time.
  private static func words<Word: FixedWidthInteger>(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutableRawPointer, _: Word.Type
  ) {
    let width = MemoryLayout<Word>.size
    for place in 0..<count {
      var word: Word = 0
      for stream in 0..<width {
        word |= Word(truncatingIfNeeded: bytes[stream &* count &+ place]) &<< Word(truncatingIfNeeded: 8 &* stream)
      }
      target.storeBytes(of: word, toByteOffset: place &* width, as: Word.self)
    }
  }
}
