/// A Swift type that a parameter can have: how it reads a written value, and what help calls it.
public protocol ParameterValue: Sendable {
  /// What help and messages call the type: `a whole number`.
  static var typeName: String { get }
  /// The words a written value may be, for completion; nil when it is not a choice among words.
  static var choices: [String]? { get }
  /// nil when the written value is of another type.
  static func read(_ raw: RawValue) -> Self?
  /// How the value is written in a script.
  var raw: RawValue { get }
}

extension ParameterValue {
  public static var choices: [String]? { nil }
}

extension Int: ParameterValue {
  public static var typeName: String { "a whole number" }
  public static func read(_ raw: RawValue) -> Int? {
    switch raw {
    case .int(let value): Int(exactly: value)
    case .float(let value): Int(exactly: value)
    default: nil
    }
  }
  public var raw: RawValue { .int(Int64(self)) }
}

extension Double: ParameterValue {
  public static var typeName: String { "a number" }
  public static func read(_ raw: RawValue) -> Double? { raw.number }
  public var raw: RawValue { Int64(exactly: self).map(RawValue.int) ?? .float(self) }
}

extension Bool: ParameterValue {
  public static var typeName: String { "true or false" }
  public static var choices: [String]? { ["true", "false"] }
  public static func read(_ raw: RawValue) -> Bool? { if case .bool(let value) = raw { value } else { nil } }
  public var raw: RawValue { .bool(self) }
}

extension String: ParameterValue {
  public static var typeName: String { "text" }
  public static func read(_ raw: RawValue) -> String? { raw.string }
  public var raw: RawValue { .text(self) }
}

extension Character: ParameterValue {
  public static var typeName: String { "one character" }
  public static func read(_ raw: RawValue) -> Character? { raw.string.flatMap { $0.count == 1 ? $0.first : nil } }
  public var raw: RawValue { .text(String(self)) }
}

extension RawValue: ParameterValue {
  public static var typeName: String { "a value" }
  public static func read(_ raw: RawValue) -> RawValue? { raw }
  public var raw: RawValue { self }
}

extension Array: ParameterValue where Element: ParameterValue {
  public static var typeName: String { "a list, each \(Element.typeName)" }
  public static var choices: [String]? { Element.choices }
  /// A single value reads as a list of one.
  public static func read(_ raw: RawValue) -> [Element]? {
    guard case .list(let values) = raw else { return Element.read(raw).map { [$0] } }
    let elements = values.compactMap(Element.read)
    return elements.count == values.count ? elements : nil
  }
  public var raw: RawValue { .list(map(\.raw)) }
}

/// A choice among words, declared as a string enum: `enum OnFail: String, ChoiceValue { case stop, warn }`.
public protocol ChoiceValue: ParameterValue, CaseIterable, RawRepresentable where RawValue == String {}

extension ChoiceValue {
  public static var typeName: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  public static var choices: [String]? { allCases.map(\.rawValue) }
  public static func read(_ raw: Descriptions.RawValue) -> Self? { raw.string.flatMap(Self.init(rawValue:)) }
  public var raw: Descriptions.RawValue { .word(rawValue) }
}

/// A hyperparameter's value: fixed, or a space that the search draws from. That it may be tuned is in the type.
public enum Tunable<Value: ParameterValue>: ParameterValue {
  case fixed(Value)
  /// Uniform between the ends, both included; over the logarithm when `isLog`.
  case range(Double, Double, isLog: Bool)
  case choice([Value])

  public static var typeName: String { "\(Value.typeName), or a range or list to be tuned" }
  public static var choices: [String]? { Value.choices }

  public static func read(_ raw: RawValue) -> Tunable<Value>? {
    if let value = Value.read(raw) { return .fixed(value) }
    switch raw {
    case .list(let values):
      let read = values.compactMap(Value.read)
      return read.count == values.count && !read.isEmpty ? .choice(read) : nil
    case .range(let low, let high, let isWhole):
      guard low <= high, Value.self == Double.self || (Value.self == Int.self && isWhole) else { return nil }
      return .range(low, high, isLog: false)
    case .call("log", let values, _):
      guard case .range(let low, let high, _)? = values.first, low > 0, low <= high,
        Value.self == Double.self || Value.self == Int.self
      else { return nil }
      return .range(low, high, isLog: true)
    default: return nil
    }
  }

  public var raw: RawValue {
    switch self {
    case .fixed(let value): value.raw
    case .range(let low, let high, let isLog):
      isLog
        ? .call("log", [.range(low, high, isWhole: Value.self == Int.self)], [])
        : .range(low, high, isWhole: Value.self == Int.self)
    case .choice(let values): .list(values.map(\.raw))
    }
  }

  /// What a search draws from; nil when fixed.
  public var space: TunedSpace? {
    switch self {
    case .fixed: nil
    case .range(let low, let high, let isLog): .range(low, high, isLog: isLog, isWhole: Value.self == Int.self)
    case .choice(let values): .choice(values.map(\.raw))
    }
  }

  public var isFixed: Bool { if case .fixed = self { true } else { false } }
}
