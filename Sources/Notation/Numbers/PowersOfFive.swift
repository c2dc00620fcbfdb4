/// 128-bit approximations of the powers of five that a decimal text can name, normalised so that the top bit is set.
///
/// Daniel Lemire, "Number Parsing at a Gigabyte per Second" (2021), section 5. The table is computed once, in about a
/// millisecond, when the first number needs it.
enum PowersOfFive {
  static let lowest = -342
  static let highest = 308

  /// High and low word of each power, from `lowest` on.
  static let words: [UInt64] = {
    var words: [UInt64] = []
    words.reserveCapacity(2 * (highest - lowest + 1))
    var positive: [[UInt64]] = [[1]]
    for _ in 0..<342 { positive.append(timesFive(positive[positive.count - 1])) }
    for q in lowest...highest {
      let (high, low) = q < 0 ? reciprocal(positive[-q], roundedUp: q >= -27) : leading(positive[q])
      words.append(high)
      words.append(low)
    }
    return words
  }()

  private static func timesFive(_ value: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    var carry: UInt64 = 0
    for word in value {
      let (high, low) = word.multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result.append(sum)
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { result.append(carry) }
    return result
  }

  private static func bitLength(_ value: [UInt64]) -> Int {
    value.count * 64 - (value.last?.leadingZeroBitCount ?? 64)
  }

  /// The top 128 bits, cut off below.
  private static func leading(_ value: [UInt64]) -> (UInt64, UInt64) {
    let padded = [0, 0] + value
    let shift = UInt64(padded[padded.count - 1].leadingZeroBitCount)
    let (a, b, c) = (padded[padded.count - 1], padded[padded.count - 2], padded[padded.count - 3])
    return shift == 0 ? (a, b) : (a << shift | b >> (64 - shift), b << shift | c >> (64 - shift))
  }

  /// The first 128 bits of 1 / value, by long division in base two.
  private static func reciprocal(_ value: [UInt64], roundedUp: Bool) -> (UInt64, UInt64) {
    var remainder = [UInt64](repeating: 0, count: value.count + 1)
    let bits = bitLength(value)
    remainder[bits / 64] = 1 << UInt64(bits % 64)
    subtract(value, from: &remainder)
    var quotient: (high: UInt64, low: UInt64) = (0, 1)
    for _ in 0..<127 {
      double(&remainder)
      quotient = (quotient.high << 1 | quotient.low >> 63, quotient.low << 1)
      if !isLess(remainder, value) {
        subtract(value, from: &remainder)
        quotient.low |= 1
      }
    }
    if roundedUp {
      let (low, overflow) = quotient.low.addingReportingOverflow(1)
      quotient = (quotient.high + (overflow ? 1 : 0), low)
    }
    return quotient
  }

  private static func double(_ value: inout [UInt64]) {
    var carry: UInt64 = 0
    for index in value.indices {
      (value[index], carry) = (value[index] << 1 | carry, value[index] >> 63)
    }
  }

  private static func isLess(_ left: [UInt64], _ right: [UInt64]) -> Bool {
    if left.count > right.count, left[right.count...].contains(where: { $0 != 0 }) { return false }
    for index in right.indices.reversed() where left[index] != right[index] { return left[index] < right[index] }
    return false
  }

  private static func subtract(_ right: [UInt64], from left: inout [UInt64]) {
    var borrow: UInt64 = 0
    for index in left.indices {
      let word = index < right.count ? right[index] : 0
      let (first, a) = left[index].subtractingReportingOverflow(word)
      let (second, b) = first.subtractingReportingOverflow(borrow)
      left[index] = second
      borrow = (a ? 1 : 0) + (b ? 1 : 0)
    }
  }
}
