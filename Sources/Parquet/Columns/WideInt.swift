/// A whole number of at most 256 bits, as decimals are written in: two's complement.
struct WideInt: Equatable {
  private static let limbs = 4
  /// The most digits that are divided off at a time.
  private static let group: UInt64 = 1_000_000_000_000_000_000
  private static let groupDigits = 18

  /// The lowest 64 bits first.
  private var words: SIMD4<UInt64>

  init(_ value: Int64) {
    words = SIMD4(repeating: value < 0 ? .max : 0)
    words[0] = UInt64(bitPattern: value)
  }

  /// From bytes, the highest first; nil for none and for more than 32.
  init?(_ bytes: some Collection<UInt8>, isSigned: Bool) {
    guard let first = bytes.first, bytes.count <= 8 * Self.limbs else { return nil }
    words = SIMD4(repeating: isSigned && first >= 0x80 ? .max : 0)
    for byte in bytes {
      for limb in (1..<Self.limbs).reversed() { words[limb] = words[limb] << 8 | words[limb - 1] >> 56 }
      words[0] = words[0] << 8 | UInt64(byte)
    }
  }

  var isNegative: Bool { words[Self.limbs - 1] >> 63 == 1 }

  /// The number, where 64 bits hold it.
  var int64: Int64? {
    let value = Int64(bitPattern: words[0])
    return self == WideInt(value) ? value : nil
  }

  /// The absolute value.
  private var magnitude: SIMD4<UInt64> {
    guard isNegative else { return words }
    var result = ~words
    for limb in 0..<Self.limbs {
      result[limb] &+= 1
      if result[limb] != 0 { break }
    }
    return result
  }

  /// Appends the number over 10^scale with all its digits: `-12.50`.
  func append(scale: Int, to text: inout [UInt8]) {
    var digits: [UInt8] = []
    var rest = magnitude
    while rest != SIMD4(repeating: 0) {
      var group = Self.divide(&rest)
      for _ in 0..<Self.groupDigits where group > 0 || rest != SIMD4(repeating: 0) {
        digits.append(UInt8(truncatingIfNeeded: 0x30 + group % 10))
        group /= 10
      }
    }
    while digits.count <= scale { digits.append(0x30) }
    if isNegative { text.append(UInt8(ascii: "-")) }
    for place in digits.indices.reversed() {
      text.append(digits[place])
      if place == scale, scale > 0 { text.append(UInt8(ascii: ".")) }
    }
  }

  /// Divides by 10^18 and gives the remainder.
  private static func divide(_ number: inout SIMD4<UInt64>) -> UInt64 {
    var remainder: UInt64 = 0
    for limb in (0..<limbs).reversed() {
      (number[limb], remainder) = group.dividingFullWidth((remainder, number[limb]))
    }
    return remainder
  }
}

extension WideInt: Comparable {
  static func < (left: WideInt, right: WideInt) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    for limb in (0..<limbs).reversed() where left.words[limb] != right.words[limb] {
      return left.words[limb] < right.words[limb]
    }
    return false
  }
}
