import Kernels

/// Whole numbers by their differences, which are packed block by block (DELTA_BINARY_PACKED, after Lemire and Boytsov).
struct DeltaBinaryPacked {
  /// Values that a block may have: more than any writer puts in one.
  private static let largestBlock = 1 << 20

  private(set) var source: ByteCursor
  /// How many values there are.
  let count: Int
  private let miniblocks: Int
  private let miniblockSize: Int
  private var value: Int64

  /// Reads the header. Throws where there are more than `most` values.
  init(_ source: ByteCursor, most: Int) throws(ParquetFailure) {
    var source = source
    let what = "its differences"
    let blockSize = try source.varint(what)
    let miniblocks = try source.varint(what)
    let count = try source.varint(what)
    value = try source.zigzag(what)
    guard blockSize > 0, blockSize <= Self.largestBlock, miniblocks > 0, blockSize % miniblocks == 0,
      (blockSize / miniblocks) % 8 == 0
    else { throw .damaged("its differences are in \(miniblocks) parts of a block of \(blockSize)") }
    guard count <= UInt64(most) else { throw .damaged("it has \(count) differences for \(most) values") }
    self.source = source
    self.count = Int(count)
    self.miniblocks = Int(miniblocks)
    miniblockSize = Int(blockSize / miniblocks)
  }

  /// Calls `take` with a stretch of values after the other. Sums that do not fit wrap round, as those of the differences did.
  mutating func eachBlock(_ take: (UnsafeBufferPointer<Int64>) throws(ParquetFailure) -> Void) throws(ParquetFailure) {
    guard count > 0 else { return }
    try withUnsafePointer(to: value) { (first) throws(ParquetFailure) in
      try take(UnsafeBufferPointer(start: first, count: 1))
    }
    let values = UnsafeMutablePointer<Int64>.allocate(capacity: miniblockSize)
    defer { values.deallocate() }
    var left = count - 1
    while left > 0 {
      let least = try source.zigzag("its differences")
      let widths = try source.take(miniblocks, "its differences")
      for place in 0..<miniblocks where left > 0 {
        let next = min(left, miniblockSize)
        try unpack(next, width: Int(widths.at[place]), least: least, to: values)
        try take(UnsafeBufferPointer(start: values, count: next))
        left -= next
      }
    }
  }

  private mutating func unpack(
    _ count: Int, width: Int, least: Int64, to values: UnsafeMutablePointer<Int64>
  ) throws(ParquetFailure) {
    guard width <= 64 else { throw .damaged("its differences are said to have \(width) bits each") }
    // The padding of the last block is not always there.
    guard (count * width + 7) / 8 <= source.count else { throw .damaged("its differences end early") }
    let bytes = source.at
    source.skip(min(miniblockSize * width / 8, source.count))
    var sum = value
    if width == 0 {
      for place in 0..<count {
        sum &+= least
        values[place] = sum
      }
    } else {
      for place in 0..<count {
        sum &+= least &+ Int64(bitPattern: BitUnpacking.wide(bytes, place, width))
        values[place] = sum
      }
    }
    value = sum
  }
}

extension DeltaBinaryPacked {
  /// Writes values of four or eight bytes each one after the other, as plain pages have them, and gives their bytes.
  static func plain(
    _ source: ByteCursor, width: Int, most: Int, into buffer: RawBuffer
  ) throws(ParquetFailure) -> ByteCursor {
    var decoder = try DeltaBinaryPacked(source, most: most)
    try buffer.resize(to: decoder.count * width)
    var target = UnsafeMutableRawPointer(buffer.base)
    try decoder.eachBlock { (values) throws(ParquetFailure) in
      if width == 8 {
        if let base = values.baseAddress { target.copyMemory(from: base, byteCount: values.count * 8) }
      } else {
        let narrow = target.assumingMemoryBound(to: Int32.self)
        for place in 0..<values.count { narrow[place] = Int32(truncatingIfNeeded: values[place]) }
      }
      target += values.count * width
    }
    return ByteCursor(buffer)
  }

  /// All values, which are lengths; gives what follows them too. Throws for one below zero and for more than `most` values.
  static func lengths(_ source: ByteCursor, most: Int) throws(ParquetFailure) -> (lengths: [Int], rest: ByteCursor) {
    var decoder = try DeltaBinaryPacked(source, most: most)
    do throws(OutOfMemory) { try Memory.requireWorking(decoder.count * MemoryLayout<Int>.size) } catch {
      throw .tooLarge("a page of \(decoder.count) values")
    }
    var lengths: [Int] = []
    lengths.reserveCapacity(decoder.count)
    try decoder.eachBlock { (values) throws(ParquetFailure) in
      for value in values {
        // A length is of 32 bits, in which its differences wrap round.
        let length = Int(Int32(truncatingIfNeeded: value))
        guard length >= 0 else { throw .damaged("it has a value of \(length) bytes") }
        lengths.append(length)
      }
    }
    return (lengths, decoder.source)
  }
}
