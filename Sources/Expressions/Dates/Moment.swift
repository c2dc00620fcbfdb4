import Notation
import Tables

/// Calendar arithmetic on microseconds since 1970 (UTC), nil where a result is off the calendar.
enum Moment {
  static let day: Int64 = 86_400_000_000
  static let second: Int64 = 1_000_000

  static func ofDay(_ days: Int64) -> Int64? {
    let (moment, overflow) = days.multipliedReportingOverflow(by: day)
    return overflow ? nil : moment
  }

  /// The day it falls on: rounded down, also before 1970.
  @inline(__always)
  static func dayOf(_ moment: Int64) -> Int64 {
    let days = moment / day
    return moment % day < 0 ? days - 1 : days
  }

  @inline(__always)
  static func timeOfDay(_ moment: Int64) -> Int64 {
    let rest = moment % day
    return rest < 0 ? rest + day : rest
  }

  static func field(_ field: DateField, days: Int64, time: Int64) -> Int64 {
    let date = CivilDate(days: Int32(clamping: days))
    switch field {
    case .year: return Int64(date.year)
    case .month: return Int64(date.month)
    case .day: return Int64(date.day)
    case .weekday: return weekday(days)
    case .dayOfYear: return dayOfYear(date)
    case .week: return isoWeek(days)
    case .quarter: return Int64((date.month - 1) / 3 + 1)
    case .hour: return time / (3600 * second)
    case .minute: return time / (60 * second) % 60
    case .second: return time / second % 60
    }
  }

  /// Monday 1 … Sunday 7; the first of January 1970 was a Thursday.
  static func weekday(_ days: Int64) -> Int64 {
    let rest = (days &+ 3) % 7
    return (rest < 0 ? rest + 7 : rest) + 1
  }

  private static func dayOfYear(_ date: CivilDate) -> Int64 {
    var day = date.day
    for month in 1..<max(date.month, 1) { day += CivilDate.length(ofMonth: month, year: date.year) }
    return Int64(day)
  }

  /// ISO 8601: the week of a day is that of its Thursday, counted in the Thursday's year.
  private static func isoWeek(_ days: Int64) -> Int64 {
    let thursday = days &+ 4 &- weekday(days)
    return (dayOfYear(CivilDate(days: Int32(clamping: thursday))) - 1) / 7 + 1
  }

  /// The same day and time `count` months on; a day past the month's end becomes its last.
  static func adding(months count: Int64, to moment: Int64) -> Int64? {
    guard count.magnitude <= 240_000 else { return nil }
    let date = CivilDate(days: Int32(clamping: dayOf(moment)))
    let months = Int64(date.year) * 12 + Int64(date.month - 1) + count
    let year = Int((months >= 0 ? months : months - 11) / 12)
    let month = Int(months) - year * 12 + 1
    let day = min(date.day, CivilDate.length(ofMonth: month, year: year))
    guard let moved = CivilDate(year: year, month: month, day: day), let start = ofDay(Int64(moved.days)) else {
      return nil
    }
    let (result, overflow) = start.addingReportingOverflow(timeOfDay(moment))
    return overflow ? nil : result
  }

  static func adding(_ count: Int64, _ unit: DateUnit, to moment: Int64) -> Int64? {
    guard let length = unit.microseconds else {
      let (months, overflow) = count.multipliedReportingOverflow(by: unit.months)
      return overflow ? nil : adding(months: months, to: moment)
    }
    let (span, overflow) = count.multipliedReportingOverflow(by: length)
    let (result, over) = moment.addingReportingOverflow(span)
    return overflow || over ? nil : result
  }

  static func truncated(_ moment: Int64, _ unit: DateUnit) -> Int64? {
    if let length = unit.microseconds, unit != .week {
      let rest = moment % length
      let (start, overflow) = moment.subtractingReportingOverflow(rest < 0 ? rest + length : rest)
      return overflow ? nil : start
    }
    let days = dayOf(moment)
    if unit == .week { return ofDay(days - (weekday(days) - 1)) }
    let date = CivilDate(days: Int32(clamping: days))
    let month = unit == .year ? 1 : unit == .quarter ? (date.month - 1) / 3 * 3 + 1 : date.month
    return CivilDate(year: date.year, month: month, day: 1).flatMap { ofDay(Int64($0.days)) }
  }

  /// How many of a unit lie between: for years and months the whole ones and the part of the next, else by length.
  static func between(_ unit: DateUnit, _ from: Int64, _ to: Int64) -> Double? {
    if let length = unit.microseconds {
      let (span, overflow) = to.subtractingReportingOverflow(from)
      // Whole units first, so that a span past 2^53 microseconds keeps its fraction.
      if !overflow { return Double(span / length) + Double(span % length) / Double(length) }
      return (Double(to) - Double(from)) / Double(length)
    }
    if to < from { return between(unit, to, from).map { -$0 } }
    let start = CivilDate(days: Int32(clamping: dayOf(from)))
    let end = CivilDate(days: Int32(clamping: dayOf(to)))
    let months = Int64(end.year - start.year) * 12 + Int64(end.month - start.month)
    var whole = months / unit.months
    guard var reached = adding(months: whole * unit.months, to: from) else { return nil }
    if reached > to {
      whole -= 1
      guard let earlier = adding(months: whole * unit.months, to: from) else { return nil }
      reached = earlier
    }
    guard let next = adding(months: (whole + 1) * unit.months, to: from), next > reached else { return nil }
    return Double(whole) + Double(to - reached) / Double(next - reached)
  }

  /// A number of seconds on; nil where that is not finite or past 64 bits of microseconds.
  static func adding(seconds: Double, to moment: Int64) -> Int64? {
    guard let span = Int64(exactly: (seconds * 1e6).rounded(.toNearestOrAwayFromZero)) else { return nil }
    let (result, overflow) = moment.addingReportingOverflow(span)
    return overflow ? nil : result
  }

  static func seconds(_ from: Int64, _ to: Int64) -> Double { between(.second, from, to) ?? 0 }
}
