import Descriptions
import Expressions
import Tables

/// A part of a date, under the name of the function that gives it.
enum DatePart: String, ChoiceValue {
  case year, quarter, month, week, day, weekday
  case dayOfYear = "day_of_year"
  case isWeekend = "is_weekend"
  case hour, minute

  static func usual(of type: ColumnType) -> [DatePart] {
    [.year, .month, .day, .weekday] + (type == .datetime ? [.hour] : [])
  }

  /// Whether only a datetime has it.
  var isOfTheDay: Bool { self == .hour || self == .minute }

  func value(of date: Expression) -> Expression {
    switch self {
    case .year: .call(.year, [date])
    case .quarter: .call(.quarter, [date])
    case .month: .call(.month, [date])
    case .week: .call(.week, [date])
    case .day: .call(.day, [date])
    case .weekday: .call(.weekday, [date])
    case .dayOfYear: .call(.dayOfYear, [date])
    case .isWeekend: .call(.greaterOrEqual, [.call(.weekday, [date]), .literal(.int(6))])
    case .hour: .call(.hour, [date])
    case .minute: .call(.minute, [date])
    }
  }

  /// The first value of the part, and after how many it begins anew; nil where it does not, or not evenly.
  private var round: (first: Int64, length: Double)? {
    switch self {
    case .quarter: (1, 4)
    case .month: (1, 12)
    case .weekday: (1, 7)
    case .dayOfYear: (1, 365.25)
    case .hour: (0, 24)
    case .minute: (0, 60)
    case .year, .week, .day, .isWeekend: nil
    }
  }

  /// The sine and the cosine of the part on its round.
  func cycle(of date: Expression) -> [(name: String, value: Expression)] {
    guard let round else { return [] }
    let past = Expression.call(.subtract, [value(of: date), .literal(.int(round.first))])
    let angle = Expression.call(.multiply, [past, .literal(.float(2 * Double.pi / round.length))])
    return [("sin", .call(.sin, [angle])), ("cos", .call(.cos, [angle]))]
  }
}
