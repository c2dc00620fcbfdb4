/// Numbers of a few bits each, packed one after the other from the lowest bit on (the bit-packing of Parquet's hybrid encoding).
///
/// Whole words are loaded: up to eight bytes behind the last number must be readable.
enum BitUnpacking {
  /// Unpacks numbers of at most 32 bits, from the one at `first` on.
  static func unpack(
    _ bytes: UnsafePointer<UInt8>, from first: Int, count: Int, width: Int, to target: UnsafeMutablePointer<Int32>
  ) {
    let raw = UnsafeRawPointer(bytes)
    let mask = mask(width)
    var done = 0
    // Eight numbers take as many bytes as each has bits.
    while done < count, (first &+ done) & 7 != 0 {
      target[done] = one(raw, first &+ done, width, mask)
      done &+= 1
    }
    let groups = (count &- done) >> 3
    let start = raw + ((first &+ done) >> 3) &* width
    if width <= 8 {
      narrow(start, groups, width, mask, target + done)
    } else if width < 16 {
      middle(start, groups, width, mask, target + done)
    } else {
      for place in 0..<groups &* 8 { target[done &+ place] = one(start, place, width, mask) }
    }
    done &+= groups &* 8
    while done < count {
      target[done] = one(raw, first &+ done, width, mask)
      done &+= 1
    }
  }

  private static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : 1 << UInt64(width) &- 1 }

  @inline(__always)
  private static func one(_ raw: UnsafeRawPointer, _ place: Int, _ width: Int, _ mask: UInt64) -> Int32 {
    let bit = place &* width
    let word = raw.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)
    return Int32(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: bit & 7) & mask)
  }

  /// Eight numbers from a word.
  private static func narrow(
    _ start: UnsafeRawPointer, _ groups: Int, _ width: Int, _ mask: UInt64, _ target: UnsafeMutablePointer<Int32>
  ) {
    let w = UInt64(truncatingIfNeeded: width)
    var (source, target) = (start, target)
    for _ in 0..<groups {
      let word = source.loadUnaligned(as: UInt64.self)
      target[0] = Int32(truncatingIfNeeded: word & mask)
      target[1] = Int32(truncatingIfNeeded: word &>> w & mask)
      target[2] = Int32(truncatingIfNeeded: word &>> (2 &* w) & mask)
      target[3] = Int32(truncatingIfNeeded: word &>> (3 &* w) & mask)
      target[4] = Int32(truncatingIfNeeded: word &>> (4 &* w) & mask)
      target[5] = Int32(truncatingIfNeeded: word &>> (5 &* w) & mask)
      target[6] = Int32(truncatingIfNeeded: word &>> (6 &* w) & mask)
      target[7] = Int32(truncatingIfNeeded: word &>> (7 &* w) & mask)
      source += width
      target += 8
    }
  }

  /// Four numbers from each of two words, the second of which may begin within a byte.
  private static func middle(
    _ start: UnsafeRawPointer, _ groups: Int, _ width: Int, _ mask: UInt64, _ target: UnsafeMutablePointer<Int32>
  ) {
    let w = UInt64(truncatingIfNeeded: width)
    let (half, shift) = (width >> 1, (4 &* w) & 7)
    var (source, target) = (start, target)
    for _ in 0..<groups {
      let low = source.loadUnaligned(as: UInt64.self)
      let high = source.loadUnaligned(fromByteOffset: half, as: UInt64.self) &>> shift
      target[0] = Int32(truncatingIfNeeded: low & mask)
      target[1] = Int32(truncatingIfNeeded: low &>> w & mask)
      target[2] = Int32(truncatingIfNeeded: low &>> (2 &* w) & mask)
      target[3] = Int32(truncatingIfNeeded: low &>> (3 &* w) & mask)
      target[4] = Int32(truncatingIfNeeded: high & mask)
      target[5] = Int32(truncatingIfNeeded: high &>> w & mask)
      target[6] = Int32(truncatingIfNeeded: high &>> (2 &* w) & mask)
      target[7] = Int32(truncatingIfNeeded: high &>> (3 &* w) & mask)
      source += width
      target += 8
    }
  }

  /// The number of at most 64 bits at a place.
  @inline(__always)
  static func wide(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ width: Int) -> UInt64 {
    let bit = place &* width
    let shift = UInt64(truncatingIfNeeded: bit & 7)
    let raw = UnsafeRawPointer(bytes) + (bit >> 3)
    let word = raw.loadUnaligned(as: UInt64.self) &>> shift
    if width <= 57 { return word & mask(width) }
    // Up to seven bits stand in the ninth byte.
    let rest = shift == 0 ? 0 : UInt64(raw.load(fromByteOffset: 8, as: UInt8.self)) &<< (64 &- shift)
    return (word | rest) & mask(width)
  }
}
