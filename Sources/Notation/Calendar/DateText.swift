/// Reads dates and moments in the forms of ISO 8601 that files, requests and texts hold: the one reader of them.
public enum DateText {
  /// A moment as it is written.
  public struct Moment: Sendable, Hashable {
    /// Of UTC, since 1970-01-01.
    public let microseconds: Int64
    /// Whether `Z` or an offset says where it was; without one it is taken as UTC.
    public let hasOffset: Bool

    public init(microseconds: Int64, hasOffset: Bool) {
      self.microseconds = microseconds
      self.hasOffset = hasOffset
    }
  }

  /// `2026-01-31` or `2026/01/31`, as days since 1970-01-01; nil for anything else and for days not on the calendar.
  /// Outside the years 0000 to 9999 a sign stands before four digits or more, as in ISO 8601: `-0044-03-15`.
  ///
  /// `lenient`, for a text that is to be a date, also takes `2026-1-5`.
  public static func days(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool = false) -> Int32? {
    var at = start
    guard let days = day(p, &at, end, lenient), at == end else { return nil }
    return days
  }

  /// A date, then `T` or a space, hours and minutes, optional seconds with a fraction, an optional `Z` or offset;
  /// as microseconds of UTC since 1970-01-01. A date alone is its midnight. Digits past the microsecond are dropped.
  public static func microseconds(
    _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool = false
  ) -> Int64? {
    moment(p, start, end, lenient: lenient)?.microseconds
  }

  /// The same, and whether it has an offset.
  public static func moment(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, lenient: Bool = false) -> Moment? {
    var at = start
    guard let days = day(p, &at, end, lenient) else { return nil }
    if at == end { return microseconds(days, 0).map { Moment(microseconds: $0, hasOffset: false) } }
    guard p[at] | 0x20 == 0x74 || p[at] == 0x20 else { return nil }
    at += 1
    guard let minutes = clock(p, &at, end, lenient), let seconds = seconds(p, &at, end),
      let offset = offset(p, at, end)
    else { return nil }
    let hasOffset = at < end
    return microseconds(days, Int64(minutes - offset) * 60_000_000 + seconds).map {
      Moment(microseconds: $0, hasOffset: hasOffset)
    }
  }

  /// A time of a day, both as counts; nil beyond what 64 bits count, 292,000 years from 1970.
  private static func microseconds(_ days: Int32, _ time: Int64) -> Int64? {
    let day: Int64 = 86_400_000_000
    // From the midnight that is nearer to 1970: the first day that can be counted to begins before 64 bits do.
    let (midnights, rest) = days < 0 ? (Int64(days) + 1, time - day) : (Int64(days), time)
    let (midnight, isBeyond) = midnights.multipliedReportingOverflow(by: day)
    let (moment, isOver) = midnight.addingReportingOverflow(rest)
    return isBeyond || isOver ? nil : moment
  }

  /// A day of the calendar, past which `at` is moved.
  @inline(__always)
  private static func day(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, _ lenient: Bool) -> Int32? {
    let start = at
    guard end - start >= 10, p[start + 4] == p[start + 7], two(p, start + 5) >= 0, two(p, start + 8) >= 0 else {
      return otherDay(p, &at, end, lenient)
    }
    let separator = p[start + 4]
    guard separator == 0x2D || separator == 0x2F else { return otherDay(p, &at, end, lenient) }
    let (century, years) = (two(p, start), two(p, start + 2))
    guard century >= 0, years >= 0 else { return otherDay(p, &at, end, lenient) }
    at = start + 10
    return days(century * 100 + years, two(p, start + 5), two(p, start + 8))
  }

  @inline(__always)
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int32? {
    guard (1...12).contains(month), day >= 1 else { return nil }
    if day > 28 { return CivilDate(year: year, month: month, day: day)?.days }
    return CivilDate.days(year, month, day)
  }

  private static func otherDay(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, _ lenient: Bool) -> Int32? {
    if at < end, p[at] == 0x2D || p[at] == 0x2B { return signedDay(p, &at, end) }
    return lenient ? looseDay(p, &at, end) : nil
  }

  /// `-0044-03-15`, `+12026-01-31`: a sign before a year of four digits or more.
  private static func signedDay(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int32? {
    let isBefore = p[at] == 0x2D
    var (year, place) = (0, at + 1)
    while place < end, place <= at + 7, p[place] &- 0x30 <= 9 {
      year = year * 10 + Int(p[place] &- 0x30)
      place += 1
    }
    if isBefore { year = -year }
    guard place - at >= 5, end - place >= 6, p[place] == 0x2D, p[place + 3] == 0x2D else { return nil }
    let (month, day) = (two(p, place + 1), two(p, place + 4))
    at = place + 6
    return days(year: year, month: month, day: day)
  }

  /// Days since 1970-01-01 of a day in any year; nil for one that is not on the calendar, or that 32 bits do not count.
  public static func days(year: Int, month: Int, day: Int) -> Int32? {
    guard year.magnitude < 10_000_000, (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    return Int32(exactly: CivilDate.number(year, month, day))
  }

  /// `2026-1-5`: four digits of the year, one or two of month and day.
  private static func looseDay(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int32? {
    guard end - at >= 5, two(p, at) >= 0, two(p, at + 2) >= 0 else { return nil }
    let year = two(p, at) * 100 + two(p, at + 2)
    at += 4
    let separator = p[at]
    guard separator == 0x2D || separator == 0x2F else { return nil }
    at += 1
    guard let month = short(p, &at, end), at < end, p[at] == separator else { return nil }
    at += 1
    guard let day = short(p, &at, end) else { return nil }
    return days(year, month, day)
  }

  /// A number of one digit or two.
  static func short(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int? {
    var value: Int?
    let first = at
    while at < end, at < first + 2, p[at] &- 0x30 <= 9 {
      value = (value ?? 0) * 10 + Int(p[at] &- 0x30)
      at += 1
    }
    return value
  }

  /// `hh:mm`, in minutes.
  @inline(__always)
  private static func clock(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int, _ lenient: Bool) -> Int? {
    var hour = end - at >= 5 ? two(p, at) : -1
    if hour >= 0 { at += 2 } else if lenient { hour = short(p, &at, end) ?? -1 }
    guard (0...23).contains(hour), end - at >= 3, p[at] == 0x3A else { return nil }
    let minute = two(p, at + 1)
    guard (0...59).contains(minute) else { return nil }
    at += 3
    return hour * 60 + minute
  }

  /// `:ss` and a fraction, in microseconds; zero where the text has none.
  static func seconds(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int64? {
    guard at < end, p[at] == 0x3A else { return 0 }
    guard at + 3 <= end else { return nil }
    let whole = two(p, at + 1)
    guard (0...59).contains(whole) else { return nil }
    at += 3
    guard at < end, p[at] == 0x2E || p[at] == 0x2C else { return Int64(whole) * 1_000_000 }
    at += 1
    var fraction: Int64 = 0
    var digits = 0
    while at < end, p[at] &- 0x30 <= 9 {
      if digits < 6 { fraction = fraction * 10 + Int64(p[at] &- 0x30) }
      digits += 1
      at += 1
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { fraction *= 10 }
    return Int64(whole) * 1_000_000 + fraction
  }

  /// Minutes east of UTC: `Z`, `+01`, `+0100`, `+01:00` or nothing.
  static func offset(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
    if start == end { return 0 }
    if p[start] | 0x20 == 0x7A { return start + 1 == end ? 0 : nil }
    guard p[start] == 0x2B || p[start] == 0x2D else { return nil }
    let length = end - start
    guard length == 3 || length == 5 || (length == 6 && p[start + 3] == 0x3A) else { return nil }
    let hours = two(p, start + 1)
    let minutes = length == 3 ? 0 : two(p, end - 2)
    guard (0...23).contains(hours), (0...59).contains(minutes) else { return nil }
    return (p[start] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Two digits as a number; far below zero where they are none.
  @inline(__always)
  static func two(_ p: UnsafePointer<UInt8>, _ at: Int) -> Int {
    let (a, b) = (p[at] &- 0x30, p[at + 1] &- 0x30)
    return a <= 9 && b <= 9 ? Int(a) * 10 + Int(b) : -100_000
  }
}
