/// In which order the day, the month and the year of a date are written.
public enum DateOrder: String, CaseIterable, Sendable, Hashable { case dmy, mdy, ymd }

/// A date of three numbers, as programs and people write it where they do not follow ISO 8601: `3/4/2026`, `31.01.26 9:05 PM`.
///
/// Only a year of four digits in front says by itself which number is which; otherwise a `DateOrder` does.
public struct NumberedDate: Sendable, Hashable {
  private let first: Int
  private let second: Int
  private let third: Int
  /// Whether a year of four digits stands in front: every order then reads the same.
  public let startsWithYear: Bool
  /// Whether no number has four digits.
  public let hasShortYear: Bool
  /// Whether the first and the third number have the two digits of a short year.
  private let isFirstShort: Bool
  private let isThirdShort: Bool
  /// Microseconds of UTC from midnight; nil where there is only a date.
  private let clock: Int64?
  /// Whether `Z` or an offset says where it was.
  private let hasOffset: Bool

  /// Whether a time stands behind the date.
  public var hasTime: Bool { clock != nil }

  /// One or two digits, or four of the year, twice the same mark of `/ . -` between them; perhaps blanks or a `T`, a time of 24 or 12
  /// hours, and an offset. nil for anything else; no number is held against the calendar yet.
  public init?(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
    var at = start
    guard let (first, firstDigits) = Self.number(p, &at, end), at < end else { return nil }
    let mark = p[at]
    guard mark == 0x2F || mark == 0x2E || mark == 0x2D else { return nil }
    at += 1
    guard let (second, secondDigits) = Self.number(p, &at, end), secondDigits <= 2, at < end, p[at] == mark else {
      return nil
    }
    at += 1
    guard let (third, thirdDigits) = Self.number(p, &at, end), firstDigits + thirdDigits < 8 else { return nil }
    startsWithYear = firstDigits == 4
    hasShortYear = firstDigits < 4 && thirdDigits < 4
    // A short year has two digits: 1.2.3 is a version, not a day.
    if hasShortYear, firstDigits != 2, thirdDigits != 2 { return nil }
    (self.first, self.second, self.third) = (first, second, third)
    isFirstShort = firstDigits == 2
    isThirdShort = thirdDigits == 2
    if at == end {
      (clock, hasOffset) = (nil, false)
      return
    }
    guard let time = Self.time(p, at, end) else { return nil }
    (clock, hasOffset) = time
  }

  /// Days since 1970-01-01; nil for a day not on the calendar, and where the order has no year there. Years of two digits are of 1969
  /// to 2068, as POSIX has it.
  public func days(_ order: DateOrder) -> Int32? {
    if startsWithYear { return DateText.days(first, second, third) }
    switch order {
    case .dmy: return year(third, isThirdShort).flatMap { DateText.days($0, second, first) }
    case .mdy: return year(third, isThirdShort).flatMap { DateText.days($0, first, second) }
    case .ymd: return hasShortYear ? year(first, isFirstShort).flatMap { DateText.days($0, second, third) } : nil
    }
  }

  /// The moment, midnight where no time is written; nil as `days` is.
  public func moment(_ order: DateOrder) -> DateText.Moment? {
    guard let days = days(order) else { return nil }
    return DateText.Moment(microseconds: Int64(days) * 86_400_000_000 + (clock ?? 0), hasOffset: hasOffset)
  }

  private func year(_ written: Int, _ hasTwoDigits: Bool) -> Int? {
    if !hasShortYear { return written }
    return hasTwoDigits ? written + (written < 69 ? 2000 : 1900) : nil
  }

  /// A number of one, two or four digits, and how many they are.
  private static func number(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> (value: Int, digits: Int)? {
    let first = at
    var value = 0
    while at < end, at < first + 5, p[at] &- 0x30 <= 9 {
      value = value * 10 + Int(p[at] &- 0x30)
      at += 1
    }
    let digits = at - first
    return digits == 1 || digits == 2 || digits == 4 ? (value, digits) : nil
  }

  /// What stands behind the date: microseconds of UTC from midnight.
  private static func time(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> (clock: Int64, hasOffset: Bool)? {
    var at = start
    if p[at] | 0x20 == 0x74 { at += 1 } else { skipBlanks(p, &at, end) }
    guard at > start, let hour = DateText.short(p, &at, end), end - at >= 3, p[at] == 0x3A else { return nil }
    let minute = DateText.two(p, at + 1)
    at += 3
    guard (0...23).contains(hour), (0...59).contains(minute), let seconds = DateText.seconds(p, &at, end) else {
      return nil
    }
    var (hours, rest) = (hour, at)
    skipBlanks(p, &rest, end)
    if end - rest == 2, p[rest + 1] | 0x20 == 0x6D, p[rest] | 0x20 == 0x61 || p[rest] | 0x20 == 0x70 {
      guard (1...12).contains(hour) else { return nil }
      hours = hour % 12 + (p[rest] | 0x20 == 0x70 ? 12 : 0)
      at = end
    }
    guard let offset = DateText.offset(p, at, end) else { return nil }
    return (Int64(hours * 60 + minute - offset) * 60_000_000 + seconds, at < end)
  }

  private static func skipBlanks(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) {
    while at < end, p[at] == 0x20 { at += 1 }
  }
}

extension NumberedDate {
  /// The days that a text writes; nil where it is no such date, or no order is given.
  public static func days(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ order: DateOrder?) -> Int32? {
    guard let order, let date = NumberedDate(p, start, end), !date.hasTime else { return nil }
    return date.days(order)
  }

  /// The moment that a text writes; nil where it is no such date, or no order is given.
  public static func moment(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ order: DateOrder?
  ) -> DateText.Moment? {
    guard let order else { return nil }
    return NumberedDate(p, start, end)?.moment(order)
  }

  /// The orders in which a text is a date.
  public static func orders(of text: String) -> [DateOrder] {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress, let date = NumberedDate(base, 0, bytes.count) else { return [] }
      return DateOrder.allCases.filter { date.moment($0) != nil }
    }
  }
}
