import Notation
import Tables

/// Reads a text from its start.
struct TextReader {
  let text: TextRef
  var place = 0

  init(_ text: TextRef) { self.text = text }

  var isAtEnd: Bool { place >= text.count }
  var next: UInt8? { place < text.count ? text.base[place] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  /// A whole number of at least `least` and at most `most` digits.
  mutating func digits(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    var count = 0
    while count < most, let byte = next, byte &- 48 < 10 {
      value = value * 10 + Int(byte &- 48)
      count += 1
      place += 1
    }
    return count >= least ? value : nil
  }

  /// Digits of a fraction as microseconds; more than six are cut off.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let byte = next, byte &- 48 < 10 {
      if count < 6 { value = value * 10 + Int64(byte &- 48) }
      count += 1
      place += 1
    }
    guard count > 0 else { return nil }
    for _ in 0..<max(0, 6 - count) { value *= 10 }
    return value
  }

  /// `Z`, `+02:00`, `-0530`: seconds east of UTC.
  mutating func zone() -> Int64? {
    if take(0x5A) || take(0x7A) { return 0 }
    let isWest = next == 0x2D
    guard take(0x2B) || take(0x2D), let hours = digits(2, 2) else { return nil }
    _ = take(0x3A)
    let minutes = digits(2, 2) ?? 0
    guard hours <= 23, minutes <= 59 else { return nil }
    return Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}

/// ISO 8601 dates and datetimes.
enum DateText {
  /// Days of `2026-01-31`, or of the start of a datetime's text; nil for anything else.
  static func date(_ text: TextRef) -> Int64? {
    var reader = TextReader(text.trimmed())
    guard let date = day(&reader) else { return nil }
    if reader.isAtEnd { return Int64(date.days) }
    return datetime(text).map(Moment.dayOf)
  }

  /// Microseconds of `2026-01-31T10:00:00.5+01:00`; seconds, fraction and zone (then UTC) may be left out, so may the time, and a
  /// space may stand for the T.
  static func datetime(_ text: TextRef) -> Int64? {
    var reader = TextReader(text.trimmed())
    guard let date = day(&reader), let start = Moment.ofDay(Int64(date.days)) else { return nil }
    if reader.isAtEnd { return start }
    guard reader.take(0x54) || reader.take(0x74) || reader.take(0x20), let time = time(&reader) else { return nil }
    var zone: Int64 = 0
    if !reader.isAtEnd {
      guard let east = reader.zone(), reader.isAtEnd else { return nil }
      zone = east
    }
    return start + time - zone * Moment.second
  }

  private static func day(_ reader: inout TextReader) -> CivilDate? {
    let isBefore = reader.take(0x2D)
    guard let year = reader.digits(4, 4), reader.take(0x2D), let month = reader.digits(1, 2), reader.take(0x2D),
      let day = reader.digits(1, 2)
    else { return nil }
    return CivilDate(year: isBefore ? -year : year, month: month, day: day)
  }

  private static func time(_ reader: inout TextReader) -> Int64? {
    guard let hour = reader.digits(1, 2), reader.take(0x3A), let minute = reader.digits(2, 2) else { return nil }
    var second = 0
    var fraction: Int64 = 0
    if reader.take(0x3A) {
      guard let read = reader.digits(2, 2) else { return nil }
      second = read
      if reader.take(0x2E) {
        guard let read = reader.fraction() else { return nil }
        fraction = read
      }
    }
    guard hour <= 23, minute <= 59, second <= 59 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second) * Moment.second + fraction
  }
}
