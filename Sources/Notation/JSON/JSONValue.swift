/// A JSON value (RFC 8259). Objects keep the order of their members, so that what is written never depends on hashing.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// A name and its value inside an object.
public struct JSONMember: Sendable, Equatable {
  public var name: String
  public var value: JSONValue

  public init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// The member of that name; nil where there is none or this is no object. O(members).
  public subscript(_ name: String) -> JSONValue? { members?.first { $0.name == name }?.value }

  /// The element at a place; nil where there is none or this is no array.
  public subscript(_ place: Int) -> JSONValue? {
    elements.flatMap { $0.indices.contains(place) ? $0[place] : nil }
  }

  public var members: [JSONMember]? { if case .object(let members) = self { members } else { nil } }

  public var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  public var string: String? { if case .string(let value) = self { value } else { nil } }

  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  public var isNull: Bool { self == .null }

  /// The value as a whole number: an int, or a double that is exactly one.
  public var int: Int64? {
    switch self {
    case .int(let value): value
    case .double(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The value as a number. An int above 2^53 is rounded to the nearest double.
  public var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The word for its kind in messages: `object`, `array`, `string`, `number`, `boolean`, `null`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .int, .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// A number, or null if JSON cannot hold it (infinite or not a number).
  public init(number value: Double) { self = value.isFinite ? .double(value) : .null }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }

  /// Members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0.0, $0.1) })
  }
}
