import Notation
import Tables

/// Reads dates and moments as ISO 8601 writes them.
enum ISOMoment {
  /// `2026-01-31` as days since 1970-01-01; nil for any other text.
  static func days(_ text: String) -> Int32? {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.isAtEnd else { return nil }
    return date.days
  }

  /// `2026-01-31T10:00:00Z`, with an optional fraction of up to 9 digits (cut to microseconds) and an offset
  /// (`+01:00`, none is UTC), as microseconds since 1970-01-01T00:00:00Z; nil for any other text.
  static func microseconds(_ text: String) -> Int64? {
    var reader = DigitReader(text)
    guard let date = reader.date(), reader.takes("T") || reader.takes("t") || reader.takes(" "),
      let hour = reader.number(2, 0...23), reader.takes(":"), let minute = reader.number(2, 0...59), reader.takes(":"),
      let second = reader.number(2, 0...59), let fraction = reader.fraction(), let offset = reader.offset(),
      reader.isAtEnd
    else { return nil }
    let seconds = Int64(date.days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    return seconds * 1_000_000 + Int64(fraction)
  }
}

/// Takes a text apart from left to right; every step answers nil or false where it does not fit.
private struct DigitReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8.prefix(40)) }

  var isAtEnd: Bool { place == bytes.count }

  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  mutating func number(_ digits: Int, _ range: ClosedRange<Int>) -> Int? {
    guard place + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[place..<place + digits] {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte & 15)
    }
    guard range.contains(value) else { return nil }
    place += digits
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(4, 0...9999), takes("-"), let month = number(2, 1...12), takes("-"),
      let day = number(2, 1...31)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Microseconds; 0 where there is no fraction, nil for a point without digits or with more than nine.
  mutating func fraction() -> Int? {
    guard takes(".") else { return 0 }
    var value = 0
    var digits = 0
    while let digit = number(1, 0...9) {
      digits += 1
      if digits <= 6 { value = value * 10 + digit }
      if digits > 9 { return nil }
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { value *= 10 }
    return value
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int? {
    if isAtEnd || takes("Z") || takes("z") { return 0 }
    let sign = takes("+") ? 1 : takes("-") ? -1 : 0
    guard sign != 0, let hours = number(2, 0...23) else { return nil }
    _ = takes(":")
    guard let minutes = number(2, 0...59) else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
