/// A day of the proleptic Gregorian calendar.
///
/// Conversions follow the era arithmetic of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
public struct CivilDate: Sendable, Hashable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// From days since 1970-01-01.
  public init(days: Int32) {
    let z = Int(days) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// nil unless the day is on the calendar and the year is in -9999 … 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9999...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Self.length(ofMonth: month, year: year) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  public static func length(ofMonth month: Int, year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01.
  public var days: Int32 { Self.days(year, month, day) }

  /// Days since 1970-01-01 of a day that is known to be on the calendar.
  @inlinable
  public static func days(_ year: Int, _ month: Int, _ day: Int) -> Int32 { Int32(number(year, month, day)) }

  /// The same of any year whose days an Int can count.
  @inlinable
  static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// ISO 8601: `2026-01-31`, and with a sign outside the years 0000 to 9999: `-0044-03-15`, `+12026-01-31`.
  public var description: String {
    "\(year > 9999 ? "+" : "")\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A moment in UTC, to the microsecond.
public struct CivilDateTime: Sendable, Hashable, CustomStringConvertible {
  public let date: CivilDate
  /// Microseconds since midnight.
  public let timeOfDay: Int64

  /// From microseconds since 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    let day: Int64 = 86_400_000_000
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: day)
    let days = remainder < 0 ? quotient - 1 : quotient
    date = CivilDate(days: Int32(clamping: days))
    timeOfDay = remainder < 0 ? remainder + day : remainder
  }

  public var hour: Int { Int(timeOfDay / 3_600_000_000) }
  public var minute: Int { Int(timeOfDay / 60_000_000) % 60 }
  public var second: Int { Int(timeOfDay / 1_000_000) % 60 }
  public var microsecond: Int { Int(timeOfDay % 1_000_000) }

  /// ISO 8601 in UTC: `2026-01-31T10:00:00Z`, with a fraction only where there is one.
  public var description: String {
    let fraction = microsecond == 0 ? "" : "." + padded(microsecond, 6)
    return "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))\(fraction)Z"
  }
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(abs(value))
  return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
