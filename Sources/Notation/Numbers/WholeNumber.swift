/// Whole numbers that a double may not hold.
public enum WholeNumber {
  /// From 2⁵³ on a double does not hold every whole number.
  @inlinable @inline(__always)
  public static func isWide(_ value: Int64) -> Bool { value > 1 << 53 || value < -(1 << 53) }

  @inlinable @inline(__always)
  public static func isWide(_ number: WrittenNumber) -> Bool {
    number.kind == .int ? isWide(Int64(bitPattern: number.bits)) : number.kind == .big
  }

  /// Whether one of several lies beyond ±2⁵³. O(values), a vector at a time.
  @inlinable
  public static func anyWide(_ values: UnsafeBufferPointer<Int64>) -> Bool {
    var seen: UInt64 = 0
    // As far from 0 as the value, or one nearer where it is negative.
    for value in values { seen |= UInt64(bitPattern: value ^ (value >> 63)) }
    return seen >> 53 != 0
  }

  /// Whether the nearest double is another number.
  @inlinable @inline(__always)
  public static func isRounded(_ value: Int64) -> Bool { isWide(value) && Int64(exactly: Double(value)) != value }

  /// Whether digits would be lost with a whole number as a double: neither is it the double's value nor does the double write it.
  public static func losesDigits(_ value: Int64) -> Bool {
    if !isRounded(value) { return false }
    return digits("\(value)".utf8) != digits("\(Double(value))".utf8)
  }

  /// The same of a number as it is written; false for one that is not whole.
  public static func losesDigits(_ number: WrittenNumber, _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    switch number.kind {
    case .int: losesDigits(Int64(bitPattern: number.bits))
    case .big:
      digits(UnsafeBufferPointer(start: p + start, count: end - start)) != digits("\(number.double)".utf8)
    case .none, .float, .infinite: false
    }
  }

  /// The digits that count, without sign, point, exponent and zeros at the ends.
  private static func digits(_ text: some Sequence<UInt8>) -> [UInt8] {
    let mantissa = text.prefix { $0 | 0x20 != 0x65 }
    var digits = mantissa.filter { $0 >= 0x30 && $0 <= 0x39 }.drop { $0 == 0x30 }
    while digits.last == 0x30 { digits.removeLast() }
    return Array(digits)
  }
}
