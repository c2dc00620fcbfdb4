import Descriptions
import Notation
import Tables

/// A value that is no table, model or look: what a let, a param or an expression at the top of a script gives.
public indirect enum Scalar: Sendable, Hashable {
  /// A number, a text, true or false, a date, a moment, or missing.
  case cell(Tables.Cell)
  case list([Scalar])
  case record([Field])
  /// Both ends included.
  case range(Scalar, Scalar)
  /// A let with parameters, by its name.
  case function(String)

  /// A named value of a record.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: Scalar

    public init(_ name: String, _ value: Scalar) {
      self.name = name
      self.value = value
    }
  }

  /// The word for its type: `int`, `text`, `list`.
  public var typeName: String {
    switch self {
    case .cell(let cell): cell.type?.rawValue ?? "missing"
    case .list: "list"
    case .record: "record"
    case .range: "range"
    case .function: "function"
    }
  }

  /// The value as an option reads it. A function is its name.
  public var raw: RawValue {
    switch self {
    case .cell(let cell): RawValue(cell)
    case .list(let items): .list(items.map(\.raw))
    case .record(let fields): .record(fields.map { RawField($0.name, $0.value.raw) })
    case .range(let low, let high): Self.rawRange(low.raw, high.raw)
    case .function(let name): .word(name)
    }
  }

  private static func rawRange(_ low: RawValue, _ high: RawValue) -> RawValue {
    guard let lowNumber = low.number, let highNumber = high.number else { return .call("range", [low, high], []) }
    if case .int = low, case .int = high { return .range(lowNumber, highNumber, isWhole: true) }
    return .range(lowNumber, highNumber, isWhole: false)
  }

  /// The value that a raw one stands for; nil for calls, which stand for methods.
  public init?(_ raw: RawValue) {
    switch raw {
    case .missing: self = .cell(.missing)
    case .bool(let value): self = .cell(.bool(value))
    case .int(let value): self = .cell(.int(value))
    case .float(let value): self = .cell(value.isFinite ? .float(value) : .missing)
    case .text(let value), .word(let value): self = .cell(.text(value))
    case .date(let days): self = .cell(.date(days))
    case .datetime(let microseconds): self = .cell(.datetime(microseconds))
    case .list(let items):
      let scalars = items.compactMap(Scalar.init)
      guard scalars.count == items.count else { return nil }
      self = .list(scalars)
    case .record(let fields):
      let scalars = fields.compactMap { field in Scalar(field.value).map { Field(field.name, $0) } }
      guard scalars.count == fields.count else { return nil }
      self = .record(scalars)
    case .range(let low, let high, let isWhole): self = .range(Self.end(low, isWhole), Self.end(high, isWhole))
    case .call: return nil
    }
  }

  private static func end(_ value: Double, _ isWhole: Bool) -> Scalar {
    if isWhole, let whole = Int64(exactly: value) { return .cell(.int(whole)) }
    return .cell(.float(value))
  }
}

extension Scalar: CustomStringConvertible {
  /// As it is written in a script.
  public var description: String {
    switch self {
    case .cell(.text(let value)): RawValue.text(value).description
    case .cell(.missing): "missing"
    case .cell(.date(let days)): "@\(CivilDate(days: days))"
    case .cell(.datetime(let microseconds)): "@\(CivilDateTime(microseconds: microseconds))"
    case .cell(let cell): cell.description
    case .list(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
    case .record(let fields): "{" + fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ") + "}"
    case .range(let low, let high): "\(low)..\(high)"
    case .function(let name): name
    }
  }
}

extension RawValue {
  /// A cell as a written value. A vector is a list of numbers.
  public init(_ cell: Tables.Cell) {
    switch cell {
    case .missing: self = .missing
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let value): self = .text(value)
    case .date(let days): self = .date(days)
    case .datetime(let microseconds): self = .datetime(microseconds)
    case .vector(let values): self = .list(values.map(RawValue.float))
    }
  }
}
