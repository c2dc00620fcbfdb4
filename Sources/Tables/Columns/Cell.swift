/// One value of a table, or a literal: what stands in a single cell.
public enum Cell: Sendable, Hashable {
  case missing
  case bool(Bool)
  case int(Int64)
  case float(Double)
  case text(String)
  case date(Int32)
  case datetime(Int64)
  case vector([Double])

  /// The type, or nil for missing, which belongs to all.
  public var type: ColumnType? {
    switch self {
    case .missing: nil
    case .bool: .bool
    case .int: .int
    case .float: .float
    case .text: .text
    case .date: .date
    case .datetime: .datetime
    case .vector: .vector
    }
  }

  /// The value as a number, if it is an int or a float.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}

extension Cell: CustomStringConvertible {
  /// As written in a CSV file: the shortest text that reads back as the same value; empty for missing.
  public var description: String {
    switch self {
    case .missing: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): value
    case .date(let days): CivilDate(days: days).description
    case .datetime(let microseconds): CivilDateTime(microseconds: microseconds).description
    case .vector(let values): "[" + values.map { "\($0)" }.joined(separator: " ") + "]"
    }
  }
}
