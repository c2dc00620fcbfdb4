import Notation

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

extension Cell {
  /// Texts are equal where their bytes are, as in the tables that they stand in.
  public static func == (left: Cell, right: Cell) -> Bool {
    switch (left, right) {
    case (.missing, .missing): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.text(let a), .text(let b)): TextBytes(a) == TextBytes(b)
    case (.date(let a), .date(let b)): a == b
    case (.vector(let a), .vector(let b)): a == b
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    switch self {
    case .missing: break
    case .bool(let value): hasher.combine(value)
    case .int(let value), .datetime(let value): hasher.combine(value)
    case .float(let value): hasher.combine(value)
    case .text(let text): hasher.combine(TextBytes(text))
    case .date(let days): hasher.combine(days)
    case .vector(let values): hasher.combine(values)
    }
  }

  /// The value with its type before it, so that equal texts of two types are told apart: `int 1`, `text 1`.
  public var typedText: String { type.map { "\($0.rawValue) \(description)" } ?? "missing" }
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
