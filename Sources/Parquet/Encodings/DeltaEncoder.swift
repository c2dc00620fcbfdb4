/// Writes whole numbers by their differences, which are packed block by block (DELTA_BINARY_PACKED).
enum DeltaEncoder {
  private static let (blockSize, miniblocks) = (128, 4)
  private static var miniblockSize: Int { blockSize / miniblocks }

  /// About how many bytes numbers take. O(numbers).
  static func size<Number: FixedWidthInteger & SignedInteger>(_ numbers: UnsafeBufferPointer<Number>) -> Int {
    var size = 0
    eachBlock(numbers) { block in
      size += 10 + miniblocks
      for part in 0..<miniblocks { size += block.width(part) * miniblockSize / 8 }
    }
    return size
  }

  /// Appends numbers, with the header that says how many there are. Differences that do not fit wrap round.
  static func append<Number: FixedWidthInteger & SignedInteger>(
    _ numbers: UnsafeBufferPointer<Number>, to bytes: inout [UInt8]
  ) {
    bytes.append(varint: UInt64(blockSize))
    bytes.append(varint: UInt64(miniblocks))
    bytes.append(varint: UInt64(numbers.count))
    bytes.append(zigzag: Int64(numbers.first ?? 0))
    eachBlock(numbers) { block in
      bytes.append(zigzag: Int64(block.least))
      for part in 0..<miniblocks { bytes.append(UInt8(block.width(part))) }
      for part in 0..<miniblocks where block.has(part) {
        var packer = BitPacker(width: block.width(part))
        for place in block.places(part) { packer.append(block.offset(place), to: &bytes) }
        packer.finish(&bytes)
      }
    }
  }

  private static func eachBlock<Number: FixedWidthInteger & SignedInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ take: (Block<Number>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Number.self, capacity: blockSize) { differences in
      for start in stride(from: 1, to: numbers.count, by: blockSize) {
        let count = min(blockSize, numbers.count - start)
        var least = Number.max
        for place in 0..<count {
          let difference = numbers[start &+ place] &- numbers[start &+ place &- 1]
          differences[place] = difference
          least = min(least, difference)
        }
        for place in count..<blockSize { differences[place] = least }
        take(Block(differences: UnsafeBufferPointer(differences), count: count, least: least))
      }
    }
  }

  /// The differences of some numbers.
  private struct Block<Number: FixedWidthInteger & SignedInteger> {
    /// As many as a block has; those behind `count` are the least one.
    let differences: UnsafeBufferPointer<Number>
    let count: Int
    let least: Number

    func places(_ part: Int) -> Range<Int> { part * miniblockSize..<(part + 1) * miniblockSize }

    /// Whether a part has differences of numbers.
    func has(_ part: Int) -> Bool { part * miniblockSize < count }

    /// A difference without the least one, which is never below zero.
    @inline(__always)
    func offset(_ place: Int) -> UInt64 {
      UInt64(truncatingIfNeeded: Number.Magnitude(truncatingIfNeeded: differences[place] &- least))
    }

    /// Bits that the offsets of a part take.
    func width(_ part: Int) -> Int {
      guard has(part) else { return 0 }
      var all: UInt64 = 0
      for place in places(part) { all |= offset(place) }
      return UInt64.bitWidth - all.leadingZeroBitCount
    }
  }
}
