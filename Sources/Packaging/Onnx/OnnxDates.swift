import Expressions
import Scoring
import Tables

/// Spans in the microseconds that moments are counted in.
enum OnnxTime {
  static let second = 1e6
  static let day = 86_400e6

  /// The length of a unit in microseconds; nil where the calendar decides. Also of its plural.
  static func length(_ unit: String) -> Double? {
    switch unit {
    case "week", "weeks": 7 * day
    case "day", "days": day
    case "hour", "hours": 3600 * second
    case "minute", "minutes": 60 * second
    case "second", "seconds": second
    // any other word
    default: nil
    }
  }

  /// The months of a unit that the calendar decides.
  static func months(_ unit: String) -> Double? {
    switch unit {
    case "year", "years": 12
    case "quarter", "quarters": 3
    case "month", "months": 1
    // any other word
    default: nil
    }
  }
}

extension OnnxLowering {
  /// The time between two moments in a unit of so many microseconds, or so many of it in seconds.
  mutating func span(_ call: OnnxCall, _ x: [String], _ length: Double) -> String {
    if x.count == 1 { return settled(builder.multiply(x[0], length / OnnxTime.second), call.type) }
    if call.type == .int { return builder.subtract(x[1], x[0]) }
    let moments = zip(x, call.types).map { converted($0, $1, to: .datetime) }
    return builder.divide(builder.subtract(moments[1], moments[0]), length)
  }

  // MARK: By a unit's name

  mutating func moved(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    let isTruncation = call.function == .dateTrunc
    guard let unit = call.literalText(isTruncation ? 0 : 2),
      case .number(let date) = call.values[isTruncation ? 1 : 0]
    else { throw refusal("the unit of `\(call.function.rawValue)` has to be a literal") }
    let moment = converted(date, call.type, to: .datetime)
    let result = isTruncation ? truncated(moment, unit) : added(call.values[1], unit, to: moment)
    guard let result else { throw refusal("'\(unit)' is no unit of time") }
    let settledMoment = settled(result, .datetime)
    return .number(
      call.type == .date ? settled(builder.floorDivide(settledMoment, OnnxTime.day), .date) : settledMoment)
  }

  private mutating func truncated(_ moment: String, _ unit: String) -> String? {
    let days = builder.floorDivide(moment, OnnxTime.day)
    if unit.hasPrefix("week") {
      return builder.multiply(builder.add(builder.subtract(days, builder.weekday(days)), 1), OnnxTime.day)
    }
    if let length = OnnxTime.length(unit) { return builder.multiply(builder.floorDivide(moment, length), length) }
    guard let months = OnnxTime.months(unit) else { return nil }
    let date = builder.civil(days)
    let first = builder.add(
      builder.multiply(builder.floorDivide(builder.subtract(date.month, 1), months), months), 1)
    return builder.multiply(builder.days(date.year, first, builder.number(1)), OnnxTime.day)
  }

  private mutating func added(_ count: OnnxValue, _ unit: String, to moment: String) -> String? {
    guard case .number(let count) = count else { return nil }
    if let length = OnnxTime.length(unit) { return builder.add(moment, builder.multiply(count, length)) }
    return OnnxTime.months(unit).map { builder.adding(months: builder.multiply(count, $0), to: moment) }
  }

  mutating func made(_ x: [String]) -> String {
    let (year, month, day) = (x[0], x[1], x[2])
    let inYears = builder.both(builder.atMost(builder.number(-9999), year), builder.atMost(year, 9999))
    let inMonths = builder.both(builder.atMost(builder.number(1), month), builder.atMost(month, 12))
    let last = builder.monthLength(year, month)
    let inDays = builder.both(builder.atMost(builder.number(1), day), builder.atMost(day, last))
    let exists = builder.both(builder.both(inYears, inMonths), inDays)
    return builder.choose(exists, builder.days(year, month, day), builder.number(.nan))
  }
}

extension OnnxBuilder {
  /// The ISO week of a day: that of its Thursday.
  mutating func week(_ days: String) -> String {
    let thursday = subtract(add(days, 4), weekday(days))
    return add(floorDivide(subtract(dayOfYear(thursday), 1), 7), 1)
  }
}
