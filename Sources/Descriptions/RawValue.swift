/// An argument's value as it was written, before a parameter reads it: literals, words, lists, records, ranges, calls.
public indirect enum RawValue: Sendable, Hashable {
  case missing
  case bool(Bool)
  case int(Int64)
  case float(Double)
  case text(String)
  /// A bare name: one of an option's choices, an algorithm, a column.
  case word(String)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case datetime(Int64)
  case list([RawValue])
  case record([RawField])
  /// Both ends included; `isWhole` when both ends were written as ints.
  case range(Double, Double, isWhole: Bool)
  /// For example `log(0.01..0.3)` or `boost(depth: 3)`.
  case call(String, [RawValue], [RawField])

  /// The value as a number, if it is one.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// The text of a literal text or a bare word.
  public var string: String? {
    switch self {
    case .text(let value), .word(let value): value
    default: nil
    }
  }
}

/// A named value of a record or of a call's options.
public struct RawField: Sendable, Hashable {
  public let name: String
  public let value: RawValue

  public init(_ name: String, _ value: RawValue) {
    self.name = name
    self.value = value
  }
}

extension RawValue: CustomStringConvertible {
  /// As it is written in a script.
  public var description: String {
    switch self {
    case .missing: "missing"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): "\"" + value.flatMap(Self.escaped) + "\""
    case .word(let value): value
    case .date(let days): "date(\(days))"
    case .datetime(let microseconds): "datetime(\(microseconds))"
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .record(let fields): "{" + fields.map(\.description).joined(separator: ", ") + "}"
    case .range(let low, let high, let isWhole):
      isWhole ? "\(Self.whole(low))..\(Self.whole(high))" : "\(low)..\(high)"
    case .call(let name, let values, let fields):
      name + "(" + (values.map(\.description) + fields.map(\.description)).joined(separator: ", ") + ")"
    }
  }

  private static func whole(_ value: Double) -> String {
    Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    default: String(character)
    }
  }
}

extension RawField: CustomStringConvertible {
  public var description: String { "\(name): \(value)" }
}
