/// A constant as written in a script. A parsed number is never negative: the minus sign is an operator, save before the key of a record.
public enum Literal: Sendable, Hashable {
  case int(Int64)
  case float(Double)
  case text(String)
  case bool(Bool)
  case missing
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  case date(days: Int)
  /// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
  case datetime(microseconds: Int64)
}

extension Literal {
  /// The value as a file holds it: a text without quotes, a date without `@`.
  public var plain: String {
    switch self {
    case .text(let value): value
    case .date, .datetime: String(LiteralPrinter.text(self).dropFirst())
    case .int, .float, .bool, .missing: LiteralPrinter.text(self)
    }
  }

  /// A number below zero; nil for what has no sign.
  var negated: Literal? {
    switch self {
    case .int(let value): .int(0 - value)
    case .float(let value): .float(-value)
    case .text, .bool, .missing, .date, .datetime: nil
    }
  }
}
