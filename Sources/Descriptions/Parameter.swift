/// A named option of a verb, a learner or a format, with its type erased for help, completion and checking.
public protocol AnyParameter: Sendable {
  var name: String { get }
  var summary: String { get }
  var bounds: Bounds { get }
  var meaning: OptionMeaning { get }
  /// The default as it is written in a script; nil when the option has none (`fallbackWords` then says what happens).
  var fallbackRaw: RawValue? { get }
  /// What holds when the option is left out and there is no default value: `the rarer class`.
  var fallbackWords: String? { get }
  var typeName: String { get }
  var choices: [String]? { get }
  /// Whether a range or list is a search space.
  var isTunable: Bool { get }
  /// The space that a written value spans for a search; nil for a fixed value or one that does not do.
  func space(_ raw: RawValue) -> TunedSpace?
  /// Why a written value does not do, as the end of a sentence that starts with the option's name; nil when it does.
  func complaint(_ raw: RawValue) -> String?
}

extension AnyParameter {
  /// The default as it is written in a script: a choice is a bare word.
  public var fallbackWritten: String? {
    if case .text(let word)? = fallbackRaw, choices?.contains(word) == true { return word }
    return fallbackRaw?.description
  }
}

/// A named option with its type, bounds and default.
public struct Parameter<Value: ParameterValue>: AnyParameter {
  public let name: String
  public let summary: String
  public let bounds: Bounds
  public let meaning: OptionMeaning
  public let fallback: Value?
  public let fallbackWords: String?

  /// An option with a default.
  public init(
    _ name: String, _ summary: String, default fallback: Value, _ bounds: Bounds = .any,
    meaning: OptionMeaning = .plain
  ) {
    self.name = name
    self.summary = summary
    self.bounds = bounds
    self.meaning = meaning
    self.fallback = fallback
    fallbackWords = nil
  }

  /// An option without a default value; `otherwise` says in words what holds when it is left out.
  public init(
    _ name: String, _ summary: String, otherwise fallbackWords: String, _ bounds: Bounds = .any,
    meaning: OptionMeaning = .plain
  ) {
    self.name = name
    self.summary = summary
    self.bounds = bounds
    self.meaning = meaning
    fallback = nil
    self.fallbackWords = fallbackWords
  }

  public var fallbackRaw: RawValue? { fallback?.raw }
  public var typeName: String { Value.typeName }
  public var choices: [String]? {
    if case .oneOf(let words) = bounds { return words }
    return Value.choices
  }
  public var isTunable: Bool { Value.self is any TunableMarker.Type }

  public func space(_ raw: RawValue) -> TunedSpace? { (Value.read(raw) as? any TunableMarker)?.space }

  public func complaint(_ raw: RawValue) -> String? {
    guard Value.read(raw) != nil else { return "takes \(Value.typeName), not \(raw)" }
    return bounds.complaint(raw)
  }
}

private protocol TunableMarker {
  var space: TunedSpace? { get }
}
extension Tunable: TunableMarker {}

/// What a search draws one hyperparameter from, its type erased.
public enum TunedSpace: Sendable, Hashable {
  /// Between the ends, both included: whole numbers only when `isWhole`, uniform over the logarithm when `isLog`.
  case range(Double, Double, isLog: Bool, isWhole: Bool)
  case choice([RawValue])
}

/// The options that were written, each already checked against its parameter.
public struct Options: Sendable, Hashable {
  public private(set) var values: [String: RawValue]

  public init(_ values: [String: RawValue] = [:]) { self.values = values }

  public mutating func set(_ name: String, _ value: RawValue) { values[name] = value }

  /// Whether the option was written.
  public func has(_ parameter: some AnyParameter) -> Bool { values[parameter.name] != nil }

  /// What was written, else the default; nil when there is neither.
  public subscript<Value: ParameterValue>(_ parameter: Parameter<Value>) -> Value? {
    values[parameter.name].flatMap(Value.read) ?? parameter.fallback
  }

  /// What was written or the default, for a parameter declared with a default.
  public func value<Value: ParameterValue>(_ parameter: Parameter<Value>, else last: @autoclosure () -> Value) -> Value
  {
    self[parameter] ?? last()
  }
}
