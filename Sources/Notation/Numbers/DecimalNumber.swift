/// The double nearest to significand × 10^exponent, as `strtod` would give it.
public enum DecimalNumber {
  /// Powers of ten that a double holds exactly.
  @usableFromInline static let exactTens: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// nil in the rare case that 128 bits do not decide, when the digits must be read exactly.
  ///
  /// William Clinger's fast path where significand and power are exact (1990), else the algorithm of Michael Eisel and
  /// Daniel Lemire.
  @inlinable
  public static func value(_ significand: UInt64, exponent: Int, tens: UnsafePointer<Double>)
    -> Double?
  {
    if significand >> 53 == 0, exponent >= -22, exponent <= 22 {
      let exact = Double(significand)
      return exponent < 0 ? exact / tens[-exponent] : exact * tens[exponent]
    }
    return rounded(significand, exponent)
  }

  // Made when the first number needs it: most files' decimals are short and never do.
  nonisolated(unsafe) private static let fives = NumberReader.copy(PowersOfFive.words)

  @usableFromInline
  static func rounded(_ significand: UInt64, _ q: Int) -> Double? {
    if significand == 0 || q < PowersOfFive.lowest { return 0 }
    if q > PowersOfFive.highest { return .infinity }
    let leading = significand.leadingZeroBitCount
    let place = 2 * (q - PowersOfFive.lowest)
    guard let product = product(significand << UInt64(leading), fives[place], fives[place + 1], q) else { return nil }
    let upper = Int(product.high >> 63)
    var mantissa = product.high >> UInt64(upper + 9)
    // 217706 / 2^16 is log2(10) in fixed point.
    var power = ((217_706 * q) >> 16) + 63 + upper - leading + 1023
    if power <= 0 { return subnormal(mantissa, power) }
    // Half-way between two doubles: the even one, not the upper one.
    if product.low <= 1, q >= -4, q <= 23, mantissa & 3 == 1, mantissa << UInt64(upper + 9) == product.high {
      mantissa &= ~1
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    if mantissa >> 53 != 0 {
      mantissa = 1 << 52
      power += 1
    }
    if power >= 0x7FF { return .infinity }
    return Double(bitPattern: (mantissa & ~(1 << 52)) | UInt64(power) << 52)
  }

  private static func product(_ w: UInt64, _ high: UInt64, _ low: UInt64, _ q: Int) -> (high: UInt64, low: UInt64)? {
    var first = w.multipliedFullWidth(by: high)
    if first.high & 0x1FF == 0x1FF {
      let second = w.multipliedFullWidth(by: low)
      let (sum, overflow) = first.low.addingReportingOverflow(second.high)
      first = (overflow ? first.high &+ 1 : first.high, sum)
    }
    if first.low == .max, q < -27 || q > 55 { return nil }
    return (first.high, first.low)
  }

  private static func subnormal(_ mantissa: UInt64, _ power: Int) -> Double {
    let shift = 1 - power
    if shift >= 64 { return 0 }
    var mantissa = mantissa >> UInt64(shift)
    mantissa = (mantissa + (mantissa & 1)) >> 1
    return Double(bitPattern: mantissa >> 52 != 0 ? (1 << 52) | (mantissa & ~(1 << 52)) : mantissa)
  }

  /// Reads the digits themselves, for texts of more than 19 digits and undecided cases.
  ///
  /// The text must already be known to be a plain decimal number.
  static func exact(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    // The standard library reads in the "C" locale, whatever the process has set.
    Double(String(decoding: bytes, as: UTF8.self)) ?? 0
  }
}
