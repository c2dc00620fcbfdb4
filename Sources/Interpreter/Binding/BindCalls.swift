import Diagnostics
import Expressions
import Language
import Notation
import Tables

extension Binder {
  /// `name(…)`: a function made by `let`, else one of the language's own.
  mutating func bind(_ call: Language.Call, at range: SourceRange) -> Term {
    let name = call.function.text
    if let function = Function.named(name), scope.function(name) == nil, !call.options.isEmpty,
      !function.optionNames.isEmpty
    {
      return bind(call, optionsOf: function, at: range)
    }
    if let option = call.options.first {
      _ = call.arguments.map { bind($0) }
      return fail(.unknownOption, "'\(name)' takes no options here", at: option.range, label: "write the value alone")
    }
    let limit = frames.last?.function.order ?? .max
    if let function = scope.function(name, before: limit) { return expand(function, call, at: range) }
    guard let callable = Callable.named(name, arity: call.arguments.count) else {
      _ = call.arguments.map { bind($0) }
      return unknownFunction(call, at: range)
    }
    guard callable.arity.contains(call.arguments.count) else {
      _ = call.arguments.map { bind($0) }
      return wrongCount(call, callable)
    }
    let terms = call.arguments.map { bind($0) }
    switch callable {
    case .function(let function): return apply(function, terms, written: call.arguments, at: range)
    case .aggregate(let aggregate): return apply(aggregate, terms, written: call.arguments, at: range)
    case .window(let function): return apply(function, terms, written: call.arguments, at: range)
    }
  }

  /// A call with options, which are the arguments after the first by name.
  private mutating func bind(_ call: Language.Call, optionsOf function: Function, at range: SourceRange) -> Term {
    let names = function.optionNames
    var given: [Int: Expr] = [:]
    for option in call.options {
      guard let place = names.firstIndex(of: option.key.text) else {
        return fail(
          .unknownOption, "'\(function.rawValue)' has no option '\(option.key.text)'", at: option.range,
          label: NearestName.hint(option.key.text, in: names) ?? function.description.signature)
      }
      given[place] = option.value
    }
    guard call.arguments.count == 1, let last = given.keys.max() else {
      return fail(
        .unexpectedArgument, "'\(function.rawValue)' takes one argument beside its options", at: range,
        label: function.description.signature)
    }
    var full = call
    full.options = []
    full.arguments += (0...last).map { given[$0] ?? Expr(function.otherwise(option: $0), at: call.function.range) }
    return bind(full, at: range)
  }

  // MARK: Functions made by let

  private mutating func expand(_ function: Scope.Function, _ call: Language.Call, at range: SourceRange) -> Term {
    let terms = call.arguments.map { bind($0) }
    guard terms.count == function.parameters.count else {
      let isShort = terms.count < function.parameters.count
      return fail(
        isShort ? .missingArgument : .unexpectedArgument,
        "\(function.signature) takes \(counted(function.parameters.count, "argument")), not \(terms.count)", at: range)
    }
    guard frames.count < Self.deepestCalls else {
      return fail(.tooDeep, "lets call each other more than \(Self.deepestCalls) deep", at: range)
    }
    let arguments = Dictionary(zip(function.parameters, terms), uniquingKeysWith: { _, last in last })
    let site = frames.isEmpty ? range : frames.first?.callSite
    frames.append(Frame(function: function, arguments: arguments, callSite: site))
    defer { frames.removeLast() }
    return bind(function.body)
  }

  // MARK: Failures

  private mutating func wrongCount(_ call: Language.Call, _ callable: Callable) -> Term {
    let count = call.arguments.count
    let isShort = count < callable.arity.lowerBound
    return fail(
      isShort ? .missingArgument : .unexpectedArgument,
      "'\(call.function.text)' takes \(Self.words(callable.arity)), not \(count)", at: call.function.range,
      label: callable.description.signature, help: [callable.description.summary])
  }

  private static func words(_ arity: ClosedRange<Int>) -> String {
    if arity.lowerBound == arity.upperBound { return counted(arity.lowerBound, "argument") }
    if arity.upperBound == .max { return "at least \(counted(arity.lowerBound, "argument"))" }
    return "\(arity.lowerBound) to \(counted(arity.upperBound, "argument"))"
  }

  private mutating func unknownFunction(_ call: Language.Call, at range: SourceRange) -> Term {
    let name = call.function.text
    if frames.last?.function.name == name {
      return fail(
        .recursion, "'\(name)' calls itself", at: call.function.range, label: "a let may not: a script always ends")
    }
    if let mended = ForeignCall.mended(call), !Self.isColumn(name, columns) {
      return fail(
        .unknownFunction, "no function '\(name)'", at: range,
        rewrite: Rewrite(range, SyntaxPrinter.text(Expr(mended))))
    }
    let hint = Self.functionHint(name, scope, columns)
    return fail(
      .unknownFunction, "no function '\(name)'", at: call.function.range, label: hint.label,
      help: ["`help functions` lists them"], rewrite: hint.name.map { Rewrite(call.function.range, $0) })
  }

  private static func isColumn(_ name: String, _ columns: ColumnScope?) -> Bool {
    if case .known? = columns?[name] { true } else { false }
  }

  /// What is said of a name that is no function's, and the one that is meant.
  private static func functionHint(
    _ name: String, _ scope: Scope, _ columns: ColumnScope?
  ) -> (label: String?, name: String?) {
    if isColumn(name, columns) { return ("'\(name)' is a column; put an operator between it and '('", nil) }
    // Spreadsheets write functions in capitals.
    let words = [name, name.lowercased()]
    if let known = Callable.all.first(where: { $0.description.otherNames.contains(where: words.contains) }) {
      let description = known.description
      return ("here it is '\(description.name)': \(description.signature)", description.name)
    }
    if ["numeric", "dates", "missing_any", "matching"].contains(name) {
      return ("\(name)() chooses columns; it stands left of '='", nil)
    }
    let sign = Function.allCases.first { $0.isOperator && $0.rawValue == name }?.symbol
    if let sign { return ("write it with '\(sign)'", nil) }
    let near = didYouMean(name, among: Callable.all.map(\.description.name) + scope.functionNames)
    return (near.map(NearestName.question), near)
  }
}

extension Expr {
  /// A literal for a function's argument that was left out.
  fileprivate init(_ cell: Tables.Cell, at range: SourceRange) {
    switch cell {
    case .bool(let value): self.init(.literal(.bool(value)), at: range)
    case .text(let value): self.init(.literal(.text(value)), at: range)
    case .missing, .int, .float, .date, .datetime, .vector: self.init(.literal(.missing), at: range)
    }
  }
}

extension Callable {
  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .function(let function): function.arity
    case .aggregate(let aggregate): aggregate.arity
    case .window(let function): function.arity
    }
  }
}

/// `1 argument`, `3 arguments`.
public func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
