import Notation

/// Reads dates and moments in the forms of ISO 8601 that files hold.
enum DateText {
  /// `2026-01-31` or `2026/01/31`, as days since 1970-01-01; nil for anything else and for days not on the calendar.
  static func days(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int32? {
    guard end - start == 10 else { return nil }
    let separator = p[start + 4]
    guard separator == 0x2D || separator == 0x2F, p[start + 7] == separator else { return nil }
    let year = two(p, start) * 100 + two(p, start + 2)
    let month = two(p, start + 5)
    let day = two(p, start + 8)
    guard year >= 0, two(p, start) >= 0, two(p, start + 2) >= 0, (1...12).contains(month), day >= 1 else { return nil }
    if day > 28 { return CivilDate(year: year, month: month, day: day)?.days }
    return CivilDate.days(year, month, day)
  }

  /// A date, then `T` or a space, hours and minutes, optional seconds with a fraction, an optional `Z` or offset;
  /// as microseconds of UTC since 1970-01-01. A date alone is its midnight. Digits past the microsecond are dropped.
  static func microseconds(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    guard end - start >= 10, let days = days(p, start, start + 10) else { return nil }
    let midnight = Int64(days) * 86_400_000_000
    if end - start == 10 { return midnight }
    guard end - start >= 16, p[start + 10] | 0x20 == 0x74 || p[start + 10] == 0x20, p[start + 13] == 0x3A else {
      return nil
    }
    let hour = two(p, start + 11)
    let minute = two(p, start + 14)
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    var at = start + 16
    guard let seconds = seconds(p, &at, end), let offset = offset(p, at, end) else { return nil }
    let moment = midnight + Int64(hour * 60 + minute - offset) * 60_000_000 + seconds
    return writable.contains(moment) ? moment : nil
  }

  /// The years 0000 to 9999: an offset must not lead to a moment that this form cannot write.
  private static let writable: Range<Int64> = -62_167_219_200_000_000..<253_402_300_800_000_000

  /// `:ss` and a fraction, in microseconds; zero where the text has none.
  private static func seconds(_ p: UnsafePointer<UInt8>, _ at: inout Int, _ end: Int) -> Int64? {
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
  private static func offset(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
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
  private static func two(_ p: UnsafePointer<UInt8>, _ at: Int) -> Int {
    let (a, b) = (p[at] &- 0x30, p[at + 1] &- 0x30)
    return a <= 9 && b <= 9 ? Int(a) * 10 + Int(b) : -100_000
  }
}
