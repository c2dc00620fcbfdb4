/// Writes numbers in runs: one number again and again, or numbers packed by their bits (RLE, the hybrid encoding).
enum HybridEncoder {
  /// Numbers are packed so many at a time, and a run of one number has as many at least.
  private static let group = 8

  /// Appends numbers, each below 2^width.
  static func append(_ numbers: UnsafeBufferPointer<Int32>, width: Int, to bytes: inout [UInt8]) {
    var (at, packed) = (0, 0)
    while at < numbers.count {
      let run = length(numbers, at)
      if run < group {
        at += min(group, numbers.count - at)
        continue
      }
      appendPacked(numbers, packed..<at, width, &bytes)
      bytes.append(varint: UInt64(run) << 1)
      for place in 0..<(width + 7) / 8 { bytes.append(UInt8(truncatingIfNeeded: numbers[at] >> Int32(8 * place))) }
      at += run
      packed = at
    }
    appendPacked(numbers, packed..<numbers.count, width, &bytes)
  }

  /// How often the number at a place stands there.
  private static func length(_ numbers: UnsafeBufferPointer<Int32>, _ start: Int) -> Int {
    var end = start &+ 1
    while end < numbers.count, numbers[end] == numbers[start] { end &+= 1 }
    return end &- start
  }

  private static func appendPacked(
    _ numbers: UnsafeBufferPointer<Int32>, _ places: Range<Int>, _ width: Int, _ bytes: inout [UInt8]
  ) {
    if places.isEmpty { return }
    let groups = (places.count + group - 1) / group
    bytes.append(varint: UInt64(groups) << 1 | 1)
    var packer = BitPacker(width: width)
    for place in places { packer.append(UInt64(UInt32(bitPattern: numbers[place])), to: &bytes) }
    for _ in places.count..<groups * group { packer.append(0, to: &bytes) }
    packer.finish(&bytes)
  }
}

/// Packs numbers of a few bits one after the other, from the lowest bit on.
struct BitPacker {
  private let width: UInt64
  private var word: UInt64 = 0
  private var filled: UInt64 = 0

  init(width: Int) { self.width = UInt64(width) }

  /// Appends a number below 2^width, of at most 64 bits.
  @inline(__always)
  mutating func append(_ number: UInt64, to bytes: inout [UInt8]) {
    if width == 0 { return }
    word |= number &<< filled
    if filled &+ width < 64 {
      filled &+= width
      return
    }
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    let taken = 64 &- filled
    word = taken < width ? number &>> taken : 0
    filled = width &- taken
  }

  /// Appends the bytes that are begun.
  mutating func finish(_ bytes: inout [UInt8]) {
    for place in 0..<(filled + 7) / 8 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * place))) }
    (word, filled) = (0, 0)
  }
}
