import Notation

/// The days and times that numbers stand for: days since the end of 1899, or since the beginning of 1904.
struct DateSerial: Sendable {
  /// Whether days are counted from 1904-01-01, as in workbooks of old Macintoshes.
  let isFrom1904: Bool

  /// Days from 1970-01-01 back to the beginnings, and the last day, 9999-12-31.
  private static let (days1900, days1904, last) = (25_569, 24_107, 2_932_896)
  static let microsecondsOfDay = 86_400_000_000.0

  /// Days since 1970-01-01, and microseconds of the day; nil for a number that is no day. The year 1900 has a 29th of February in these
  /// numbers, 60, which was no day, and a day 0. `isShort` where the number is written with at most 15 digits, as LibreOffice does.
  func moment(_ serial: Double, isShort: Bool = false) -> (days: Int32, microseconds: Int64)? {
    guard serial.magnitude < 3_000_000 else { return nil }
    var day = serial.rounded(.down)
    var microseconds = ((serial - day) * Self.microsecondsOfDay).rounded()
    microseconds = Self.settled(microseconds, serial, isShort: isShort)
    if microseconds >= Self.microsecondsOfDay { (day, microseconds) = (day + 1, 0) }
    guard let days = days(Int(day)) else { return nil }
    return (days, Int64(microseconds))
  }

  private func days(_ day: Int) -> Int32? {
    let days = isFrom1904 ? day - Self.days1904 : day - Self.days1900 + (day < 60 ? 1 : 0)
    guard isFrom1904 ? day >= 0 : day >= 1 && day != 60, days <= Self.last else { return nil }
    return Int32(days)
  }

  /// The microseconds from midnight that a part of a day is.
  static func time(_ part: Double) -> Int64 { Int64(settled((part * microsecondsOfDay).rounded(), part)) }

  /// The seconds that a number of days is.
  static func seconds(_ days: Double) -> Double { settled((days * microsecondsOfDay).rounded(), days) / 1_000_000 }

  /// Half of the last of 15 digits of a day after 1927, in days.
  private static let shortError = 0.5e-10

  /// Without the error of 16 digits, which many programs write, or of 15, and of doubles: beside a whole millisecond it is that.
  private static func settled(_ microseconds: Double, _ serial: Double, isShort: Bool = false) -> Double {
    let millisecond = (microseconds / 1000).rounded() * 1000
    let error = max(
      isShort && serial >= 10_000 ? shortError * microsecondsOfDay + 1 : 1, 1.5 * serial.ulp * microsecondsOfDay)
    return (microseconds - millisecond).magnitude <= error ? millisecond : microseconds
  }

  /// The number of a day, counted from the end of 1899; nil before March 1900, where programs do not agree.
  static func serial(_ days: Int32) -> Int? {
    let day = Int(days) + days1900
    return day > 60 && Int(days) <= last ? day : nil
  }

  /// The number of a moment, counted from the end of 1899; nil where it would be read as another.
  static func serial(microseconds moment: Int64) -> Double? {
    let (day, rest) = moment.quotientAndRemainder(dividingBy: 86_400_000_000)
    let days = rest < 0 ? day - 1 : day
    let part = rest < 0 ? rest + 86_400_000_000 : rest
    guard let known = Int32(exactly: days), let whole = serial(known) else { return nil }
    let number = Double(whole) + Double(part) / microsecondsOfDay
    guard let read = DateSerial(isFrom1904: false).moment(number) else { return nil }
    return read.days == known && read.microseconds == part ? number : nil
  }
}
