import Descriptions
import Diagnostics
import Expressions
import Language

/// What reading an option's value gave.
public enum ReadOption: Sendable {
  case value(RawValue)
  /// It shows only when the script runs; until then the default stands.
  case open
  case failed
}

/// Reads written values as options take them: a bare word is one of the option's choices, else a let or param, else a
/// name (of a column, an algorithm); everything that can be computed without columns is.
struct OptionReader {
  let scope: Scope
  var sink: DiagnosticSink

  /// The value of one option, checked against its parameters (an option beside a list of algorithms may belong to several).
  mutating func read(_ name: Name, _ value: Expr, for parameters: [any AnyParameter]) -> ReadOption {
    let reading = raw(value, choices: parameters.lazy.compactMap(\.choices).first, parameters)
    guard case .value(let raw) = reading else { return reading }
    guard let (parameter, complaint) = Self.complaint(raw, parameters) else { return reading }
    let choices = parameter.choices ?? []
    let hint = raw.string.flatMap { NearestName.hint($0, in: choices) }
    sink.report(
      .badOption, "'\(name.text)' \(complaint)", at: value.range,
      label: hint ?? (choices.isEmpty ? nil : "one of \(listed(choices, limit: 12))"), help: [parameter.summary])
    return .failed
  }

  private static func complaint(
    _ raw: RawValue, _ parameters: [any AnyParameter]
  ) -> (any AnyParameter, String)? {
    for parameter in parameters {
      if let complaint = parameter.complaint(raw) { return (parameter, complaint) }
    }
    return nil
  }

  // MARK: Forms

  private mutating func raw(_ value: Expr, choices: [String]?, _ parameters: [any AnyParameter]) -> ReadOption {
    switch value.kind {
    case .name(let name): return word(name, value, choices)
    case .list(let items): return all(items, choices, parameters).map(RawValue.list)
    case .record(let entries):
      for entry in entries { reportQuoted(entry) }
      return all(entries.map(\.value), nil, parameters).map { values in
        .record(zip(entries, values).map { RawField($0.key.text, $1) })
      }
    case .range(let low, let high): return range(low, high)
    case .call(let call): return self.call(call, value, parameters)
    default: return computed(value)
    }
  }

  /// `types: {"id": text}`, the habit of quoting keys that are words: reported, and taken as the keys that they are.
  private mutating func reportQuoted(_ entry: RecordEntry) {
    guard case .text? = entry.literal, !entry.key.text.isEmpty else { return }
    let written = SyntaxPrinter.word(entry.key.text)
    sink.report(
      .otherLanguage, "a key stands without quotes", at: entry.key.range, label: "write \(written): …",
      rewrite: Rewrite(entry.key.range, written))
  }

  private mutating func word(_ name: String, _ value: Expr, _ choices: [String]?) -> ReadOption {
    if choices?.contains(name) == true { return .value(.word(name)) }
    switch scope[name] {
    case .scalar(let scalar): return .value(scalar.raw)
    case .value, nil: return .value(.word(name))
    case .unknown: return .open
    }
  }

  private mutating func all(
    _ values: [Expr], _ choices: [String]?, _ parameters: [any AnyParameter]
  ) -> ReadValues {
    var read: [RawValue] = []
    var outcome = ReadValues.values([])
    for value in values {
      switch raw(value, choices: choices, parameters) {
      case .value(let raw): read.append(raw)
      case .open: if case .values = outcome { outcome = .open }
      case .failed: outcome = .failed
      }
    }
    if case .values = outcome { return .values(read) }
    return outcome
  }

  private mutating func range(_ low: Expr, _ high: Expr) -> ReadOption {
    switch (computed(low), computed(high)) {
    case (.value(let low), .value(let high)):
      guard let lowNumber = low.number, let highNumber = high.number else {
        return .value(.call("range", [low, high], []))
      }
      if case .int = low, case .int = high { return .value(.range(lowNumber, highNumber, isWhole: true)) }
      return .value(.range(lowNumber, highNumber, isWhole: false))
    case (.failed, _), (_, .failed): return .failed
    default: return .open
    }
  }

  /// A call is a method, as in `log(0.01..0.3)` or `boost(depth: 3)`, if the option takes it as that; else it is computed.
  private mutating func call(_ call: Language.Call, _ value: Expr, _ parameters: [any AnyParameter]) -> ReadOption {
    let arguments = all(call.arguments, nil, parameters)
    let options = all(call.options.map(\.value), nil, parameters)
    guard case .values(let values) = arguments, case .values(let settings) = options else {
      return arguments.failure ?? options.failure ?? .open
    }
    let fields = zip(call.options, settings).map { RawField($0.key.text, $1) }
    let method = RawValue.call(call.function.text, values, fields)
    let isTaken = Self.complaint(method, parameters) == nil
    let isFunction =
      scope.function(named: call.function.text) != nil || Callable.named(call.function.text, arity: 1) != nil
    if !isFunction || !call.options.isEmpty { return .value(method) }
    var trial = DiagnosticSink()
    if case .known(let scalar) = value.scalar(scope, &trial) { return .value(scalar.raw) }
    return isTaken ? .value(method) : computed(value)
  }

  private mutating func computed(_ value: Expr) -> ReadOption {
    switch value.scalar(scope, &sink) {
    case .known(let scalar): .value(scalar.raw)
    case .open: .open
    case .failed: .failed
    }
  }
}

/// Several values read together.
enum ReadValues {
  case values([RawValue])
  case open, failed

  func map(_ transform: ([RawValue]) -> RawValue) -> ReadOption {
    switch self {
    case .values(let values): .value(transform(values))
    case .open: .open
    case .failed: .failed
    }
  }

  var failure: ReadOption? {
    switch self {
    case .values: nil
    case .open: .open
    case .failed: .failed
    }
  }
}
