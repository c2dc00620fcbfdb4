import Notation

/// Writes cells as `Cell.description` does, straight into memory: the shortest text that reads back as the same value.
///
/// Each function gives how many bytes it wrote, at most `longest`.
enum CellText {
  static let longest = 64

  @inline(__always)
  static func write(_ value: Bool, to p: UnsafeMutablePointer<UInt8>) -> Int { write(value ? "true" : "false", to: p) }

  static func write(_ value: Int64, to p: UnsafeMutablePointer<UInt8>) -> Int {
    let sign = value < 0 ? 1 : 0
    p[0] = UInt8(ascii: "-")
    let count = digitCount(value.magnitude)
    digits(value.magnitude, count, to: p + sign)
    return sign + count
  }

  /// A day that lies so many days after 1970-01-01.
  static func write(day days: Int32, to p: UnsafeMutablePointer<UInt8>) -> Int { write(CivilDate(days: days), to: p) }

  /// A moment that lies so many microseconds after the beginning of 1970.
  static func write(moment microseconds: Int64, to p: UnsafeMutablePointer<UInt8>) -> Int {
    let moment = CivilDateTime(microseconds: microseconds)
    let end = write(moment.date, to: p)
    let p = p + end
    p[0] = UInt8(ascii: "T")
    two(moment.hour, to: p + 1)
    p[3] = UInt8(ascii: ":")
    two(moment.minute, to: p + 4)
    p[6] = UInt8(ascii: ":")
    two(moment.second, to: p + 7)
    var count = 9
    if moment.microsecond != 0 {
      p[9] = UInt8(ascii: ".")
      digits(UInt64(moment.microsecond), 6, to: p + 10)
      count = 16
    }
    p[count] = UInt8(ascii: "Z")
    return end + count + 1
  }

  private static func write(_ date: CivilDate, to p: UnsafeMutablePointer<UInt8>) -> Int {
    guard (0...9999).contains(date.year) else { return write(date.description, to: p) }
    digits(UInt64(date.year), 4, to: p)
    p[4] = UInt8(ascii: "-")
    two(date.month, to: p + 5)
    p[7] = UInt8(ascii: "-")
    two(date.day, to: p + 8)
    return 10
  }

  /// A text that is known to be short.
  static func write(_ text: String, to p: UnsafeMutablePointer<UInt8>) -> Int {
    var count = 0
    for byte in text.utf8 {
      p[count] = byte
      count += 1
    }
    return count
  }

  @inline(__always)
  private static func two(_ value: Int, to p: UnsafeMutablePointer<UInt8>) {
    // A tenth of what is below 100.
    let tens = (value &* 103) &>> 10
    p[0] = UInt8(truncatingIfNeeded: 0x30 &+ tens)
    p[1] = UInt8(truncatingIfNeeded: 0x30 &+ value &- tens &* 10)
  }

  fileprivate static func digitCount(_ value: UInt64) -> Int {
    var (count, rest) = (1, value)
    while rest >= 10_000 {
      rest /= 10_000
      count += 4
    }
    return count + (rest >= 10 ? 1 : 0) + (rest >= 100 ? 1 : 0) + (rest >= 1000 ? 1 : 0)
  }

  /// The last `count` digits of a number.
  @inline(__always)
  fileprivate static func digits(_ value: UInt64, _ count: Int, to p: UnsafeMutablePointer<UInt8>) {
    var (rest, place) = (value, count)
    while place >= 2 {
      let next = rest / 100
      place &-= 2
      two(Int(truncatingIfNeeded: rest &- next &* 100), to: p + place)
      rest = next
    }
    if place == 1 { p[0] = UInt8(truncatingIfNeeded: 0x30 &+ rest % 10) }
  }
}

/// Writes the numbers of a column, most of which have about as many decimals.
///
/// A decimal of at most 15 digits is the only one of so few that reads as its nearest double. So where a whole number of at most 15
/// digits over a power of ten gives a double, it is the shortest text of it, trailing zeros apart.
struct FloatText {
  private static let most = 1e15
  private let powers: [Double] = (0...15).map { place in (0..<place).reduce(1.0) { power, _ in power * 10 } }
  private let wholePowers: [UInt64] = (0...15).map { place in (0..<place).reduce(1) { power, _ in power * 10 } }
  /// The decimals that sufficed for the last number.
  private var decimals = 0
  /// For how many numbers more it is worth trying: there are columns in which all have 17 digits.
  private var patience = 64

  /// Gives how many bytes it wrote.
  mutating func write(_ value: Double, to p: UnsafeMutablePointer<UInt8>) -> Int {
    let size = value.magnitude
    if patience > 0, size >= 1e-3, size < Self.most {
      for places in decimals..<16 {
        // Half up: what is not the nearest whole number fails the comparison.
        let scaled = size * powers[places] + 0.5
        if scaled >= Self.most { break }
        let whole = Int64(scaled)
        if Double(whole) / powers[places] == size {
          (decimals, patience) = (places, 64)
          return write(UInt64(whole), over: places, isNegative: value < 0, to: p)
        }
      }
      (decimals, patience) = (0, patience - 1)
    }
    return CellText.write(value.description, to: p)
  }

  /// A whole number over a power of ten, with one decimal at least.
  private func write(
    _ number: UInt64, over places: Int, isNegative: Bool, to p: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var (whole, fraction, places) = (number, UInt64(0), places)
    if places > 0 {
      whole = number / wholePowers[places]
      fraction = number &- whole &* wholePowers[places]
      while places > 1, fraction % 10 == 0 {
        fraction /= 10
        places &-= 1
      }
    }
    p[0] = UInt8(ascii: "-")
    var count = isNegative ? 1 : 0
    let wholeDigits = CellText.digitCount(whole)
    CellText.digits(whole, wholeDigits, to: p + count)
    count += wholeDigits
    p[count] = UInt8(ascii: ".")
    CellText.digits(fraction, max(1, places), to: p + count + 1)
    return count + 1 + max(1, places)
  }
}
