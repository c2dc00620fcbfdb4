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
    default: nil
    }
  }

  /// The months of a unit that the calendar decides.
  static func months(_ unit: String) -> Double? {
    switch unit {
    case "year", "years": 12
    case "quarter", "quarters": 3
    case "month", "months": 1
    default: nil
    }
  }
}

extension OnnxLowering {
  /// Days and moments; nil for what belongs elsewhere.
  mutating func dates(_ call: OnnxCall) throws(Unsupported) -> OnnxValue? {
    guard let x = call.numbers else {
      return call.function == .dateTrunc || call.function == .dateAdd ? try moved(call) : nil
    }
    if let result = field(call, x) ?? span(call, x) ?? shifted(call, x) { return .number(result) }
    guard call.function == .makeDate else { return nil }
    return .number(made(x[0], x[1], x[2]))
  }

  // MARK: Parts

  private mutating func field(_ call: OnnxCall, _ x: [String]) -> String? {
    guard call.types[0].isTemporal else { return nil }
    let isMoment = call.types[0] == .datetime
    let days = isMoment ? builder.floorDivide(x[0], OnnxTime.day) : x[0]
    switch call.function {
    case .year: return builder.civil(days).year
    case .month: return builder.civil(days).month
    case .day: return builder.civil(days).day
    case .quarter: return builder.add(builder.floorDivide(builder.subtract(builder.civil(days).month, 1), 3), 1)
    case .weekday: return builder.weekday(days)
    case .dayOfYear: return builder.dayOfYear(days)
    case .week:
      let thursday = builder.subtract(builder.add(days, 4), builder.weekday(days))
      return builder.add(builder.floorDivide(builder.subtract(builder.dayOfYear(thursday), 1), 7), 1)
    case .hour: return builder.clock(x[0], unit: 3600e6, cycle: 24)
    case .minute: return builder.clock(x[0], unit: 60e6, cycle: 60)
    case .second: return builder.clock(x[0], unit: OnnxTime.second, cycle: 60)
    default: return nil
    }
  }

  // MARK: Spans

  private mutating func span(_ call: OnnxCall, _ x: [String]) -> String? {
    let names: [Function: String] = [.days: "day", .hours: "hour", .minutes: "minute", .seconds: "second"]
    if let unit = names[call.function], let length = OnnxTime.length(unit) {
      if x.count == 1 { return settled(builder.multiply(x[0], length / OnnxTime.second), call.type) }
      if call.type == .int { return builder.subtract(x[1], x[0]) }
      let moments = zip(x, call.types).map { converted($0, $1, to: .datetime) }
      return builder.divide(builder.subtract(moments[1], moments[0]), length)
    }
    let moments = zip(x, call.types).map { $1.isTemporal ? converted($0, $1, to: .datetime) : $0 }
    switch call.function {
    case .years: return builder.monthsBetween(moments[0], moments[1], unit: 12)
    case .months: return builder.monthsBetween(moments[0], moments[1], unit: 1)
    case .epoch: return builder.divide(moments[0], OnnxTime.second)
    default: return nil
    }
  }

  /// `+` and `-` with a moment: seconds on, or the seconds between.
  private mutating func shifted(_ call: OnnxCall, _ x: [String]) -> String? {
    switch (call.function, call.types[0], call.types.last) {
    case (.add, .datetime, _): return settled(builder.add(x[0], microseconds(x[1])), .datetime)
    case (.add, _, .datetime): return settled(builder.add(x[1], microseconds(x[0])), .datetime)
    case (.subtract, .datetime, .int), (.subtract, .datetime, .float):
      return settled(builder.subtract(x[0], microseconds(x[1])), .datetime)
    case (.subtract, let left, let right?) where left.isTemporal && right.isTemporal && call.type == .float:
      let moments = zip(x, call.types).map { converted($0, $1, to: .datetime) }
      return builder.divide(builder.subtract(moments[0], moments[1]), OnnxTime.second)
    default: return nil
    }
  }

  // MARK: By a unit's name

  private mutating func moved(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
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

  private mutating func made(_ year: String, _ month: String, _ day: String) -> String {
    let inYears = builder.both(builder.atMost(builder.number(-9999), year), builder.atMost(year, 9999))
    let inMonths = builder.both(builder.atMost(builder.number(1), month), builder.atMost(month, 12))
    let last = builder.monthLength(year, month)
    let inDays = builder.both(builder.atMost(builder.number(1), day), builder.atMost(day, last))
    let exists = builder.both(builder.both(inYears, inMonths), inDays)
    return builder.choose(exists, builder.days(year, month, day), builder.number(.nan))
  }
}
