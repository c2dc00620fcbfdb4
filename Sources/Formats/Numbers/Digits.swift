import Notation

/// Runs of digits, eight at a time: the multiplications add neighbours, then pairs, then fours (a well-known trick, for instance in
/// Daniel Lemire's "Number Parsing at a Gigabyte per Second", 2021).
enum Digits {
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The number that the `count` (1 to 16) bytes before `end` write; nil when one is no digit. 16 bytes before `end` must be readable.
  @inline(__always)
  static func read(_ p: UnsafePointer<UInt8>, _ end: Int, _ count: Int) -> UInt64? {
    let last = UnsafeRawPointer(p + (end &- 8)).loadUnaligned(as: UInt64.self)
    if count <= 8 {
      let word = kept(last, count)
      return areDigits(word) ? value(word) : nil
    }
    let word = kept(UnsafeRawPointer(p + (end &- 16)).loadUnaligned(as: UInt64.self), count &- 8)
    guard areDigits(word), areDigits(last) else { return nil }
    return value(word) &* 100_000_000 &+ value(last)
  }

  /// The decimal that `p[start ..< end]` writes in the usual way: a sign perhaps, up to seven digits, a point, up to sixteen digits,
  /// or up to eight digits without a point; nil for anything else. 16 bytes on both sides must be readable.
  @inline(__always)
  static func decimal(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ tens: UnsafePointer<Double>) -> Double? {
    let sign: UInt64 = p[start] == 0x2D ? 1 : 0
    let first = start &+ Int(truncatingIfNeeded: sign)
    let count = end &- first
    let head = UnsafeRawPointer(p + first).loadUnaligned(as: UInt64.self)
    let marks = head ^ 0x2E2E_2E2E_2E2E_2E2E
    let points = (marks &- 0x0101_0101_0101_0101) & ~marks & 0x8080_8080_8080_8080
    let whole = points.trailingZeroBitCount &>> 3
    let fraction = count &- whole &- 1
    let magnitude: Double
    if count <= 8, whole > 0, fraction > 0, whole == 1 || p[first] != 0x30 {
      // All of it is in eight bytes: the whole digits move up to where the point stands.
      let last = UnsafeRawPointer(p + (end &- 8)).loadUnaligned(as: UInt64.self)
      let behind = UInt64.max &<< UInt64(truncatingIfNeeded: 64 &- 8 &* fraction)
      let digits = kept(last & behind | (last &<< 8) & ~behind, count &- 1)
      guard areDigits(digits) else { return nil }
      magnitude = Double(Int64(bitPattern: value(digits))) / tens[fraction]
    } else if whole > 0, whole < 8, fraction > 0, fraction <= 16, whole == 1 || p[first] != 0x30 {
      let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* whole)
      let digits = head &<< shift | zeros & ((1 &<< shift) &- 1)
      guard areDigits(digits), let low = read(p, end, fraction) else { return nil }
      let high = value(digits)
      if fraction <= 8 {
        // At most fifteen digits: the double and the power of ten are exact, and so is the quotient's rounding.
        magnitude = (Double(high) * tens[fraction] + Double(low)) / tens[fraction]
      } else {
        guard whole &+ fraction <= 19,
          let long = DecimalNumber.value(high &* UInt64(tens[fraction]) &+ low, exponent: 0 &- fraction, tens: tens)
        else { return nil }
        magnitude = long
      }
    } else if count > 0, count <= 8, fraction < 0, p[first] != 0x30 || count == 1, let digits = read(p, end, count) {
      magnitude = Double(digits)
    } else {
      return nil
    }
    // Signs come in no order, so a branch would be guessed wrong every other time.
    return Double(bitPattern: magnitude.bitPattern | sign &<< 63)
  }

  /// Eight bytes of digits of which only the last `count` are meant; the others become zeros.
  @inline(__always)
  private static func kept(_ word: UInt64, _ count: Int) -> UInt64 {
    let shift = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let below: UInt64 = (1 &<< shift) &- 1
    return word & ~below | zeros & below
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    let bare = word ^ zeros
    return ((bare &+ 0x7676_7676_7676_7676) | bare) & 0x8080_8080_8080_8080 == 0
  }

  @inline(__always)
  private static func value(_ word: UInt64) -> UInt64 {
    var digits = word & 0x0F0F_0F0F_0F0F_0F0F
    digits = digits &* 10 &+ (digits &>> 8)
    let low = (digits & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((digits &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) &>> 32
  }
}
