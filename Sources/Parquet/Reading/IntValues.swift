/// Reads plain values as whole numbers of 64 bits.
extension IntRule {
  func read(
    _ page: inout ByteCursor, _ count: Int, _ target: UnsafeMutablePointer<Int64>
  ) throws(ParquetFailure) {
    switch self {
    case .int32:
      let values = try page.values(count, width: 4)
      for place in 0..<count {
        target[place] = Int64(values.loadUnaligned(fromByteOffset: place &* 4, as: Int32.self))
      }
    case .uint32:
      let values = try page.values(count, width: 4)
      for place in 0..<count {
        target[place] = Int64(values.loadUnaligned(fromByteOffset: place &* 4, as: UInt32.self))
      }
    case .int64:
      let values = try page.values(count, width: 8)
      UnsafeMutableRawPointer(target).copyMemory(from: values, byteCount: count * 8)
    case .uint64:
      try IntRule.int64.read(&page, count, target)
      var all: Int64 = 0
      for place in 0..<count { all |= target[place] }
      guard all >= 0 else { throw Self.tooLarge }
    case .bytes(let length):
      try page.eachNumber(count, length: length) { (place, number) throws(ParquetFailure) in
        guard let number else { throw Self.tooLarge }
        target[place] = number
      }
    }
  }

  private static var tooLarge: ParquetFailure {
    .damaged(
      "it has a whole number that 64 bits do not hold, which its statistics say it has not; as text it can be read")
  }
}

extension ByteCursor {
  /// Reads whole numbers whose highest byte comes first; `take` is given each with its place, nil for one that 64 bits do not hold.
  mutating func eachNumber(
    _ count: Int, length: Int?, _ take: (Int, Int64?) throws(ParquetFailure) -> Void
  ) throws(ParquetFailure) {
    guard let length else {
      for place in 0..<count { try take(place, Self.number(try value())) }
      return
    }
    let values = try self.values(count, width: length).assumingMemoryBound(to: UInt8.self)
    for place in 0..<count {
      try take(place, Self.number(UnsafeBufferPointer(start: values + place * length, count: length)))
    }
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first else { return 0 }
    var value: Int64 = first >= 0x80 ? -1 : 0
    let sign = UInt8(truncatingIfNeeded: value)
    for (place, byte) in bytes.enumerated() {
      // Bytes above the lowest eight only go on with the sign.
      if place < bytes.count - 8, byte != sign { return nil }
      value = value &<< 8 | Int64(byte)
    }
    return bytes.count >= 8 && (value < 0) != (sign == 0xFF) ? nil : value
  }
}
