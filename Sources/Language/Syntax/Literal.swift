/// A constant as written in a script. A parsed number is never negative: the minus sign is an operator.
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
