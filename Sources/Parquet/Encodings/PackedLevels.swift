/// Levels packed from the highest bit of each byte on, as the oldest files have them (BIT_PACKED).
enum PackedLevels {
  /// Bytes of so many levels.
  static func size(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

  /// The same levels packed from the lowest bit on, as one run of the hybrid encoding.
  static func hybrid(_ source: ByteCursor, count: Int, width: Int, into buffer: RawBuffer) throws(ParquetFailure) {
    let groups = (count + 7) / 8
    var head = UInt64(groups) << 1 | 1
    try buffer.resize(to: 10 + groups * width)
    buffer.base.update(repeating: 0, count: buffer.count)
    var start = 0
    repeat {
      buffer.base[start] = UInt8(truncatingIfNeeded: head & 0x7F) | (head >= 0x80 ? 0x80 : 0)
      head >>= 7
      start += 1
    } while head > 0
    for place in 0..<count {
      var level = 0
      for bit in place * width..<(place + 1) * width {
        level = level << 1 | Int(source.at[bit >> 3] >> (7 - bit & 7) & 1)
      }
      for bit in 0..<width where level >> bit & 1 == 1 {
        let target = place * width + bit
        buffer.base[start + target >> 3] |= 1 << (target & 7)
      }
    }
  }
}
