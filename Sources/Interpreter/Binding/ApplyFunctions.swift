import Diagnostics
import Expressions
import Language
import Tables

extension Binder {
  /// A function over terms; a bare `missing` among them takes the type that its neighbours ask for.
  mutating func apply(_ function: Function, _ terms: [Term], written: [Expr], at range: SourceRange) -> Term {
    guard let types = argumentTypes(terms, written, taker: taker(function)) else { return .unknown }
    guard let completed = function.completed(types), let result = function.result(completed) else {
      return refuse(function, types, written, at: range)
    }
    let parts = Self.rows(terms, completed)
    return bounded(RowTerm(.call(function, parts.map(\.expression)), result, over: parts), at: range)
  }

  mutating func apply(_ aggregate: Aggregate, _ terms: [Term], written: [Expr], at range: SourceRange) -> Term {
    guard let types = argumentTypes(terms, written, taker: "'\(aggregate.rawValue)'") else { return .unknown }
    let completed = types.map { $0 ?? .float }
    guard let result = aggregate.result(completed) else {
      let conversion = hint(types, written) { aggregate.result($0) != nil }
      return fail(
        .wrongType, "'\(aggregate.rawValue)' does not take \(Self.words(types))", at: range, label: conversion,
        help: [aggregate.description.signature + ": " + aggregate.description.summary])
    }
    let parts = Self.rows(terms, completed)
    return bounded(RowTerm(.aggregate(aggregate, parts.map(\.expression)), result, over: parts), at: range)
  }

  mutating func apply(_ function: WindowFunction, _ terms: [Term], written: [Expr], at range: SourceRange) -> Term {
    guard let types = argumentTypes(terms, written, taker: "'\(function.rawValue)'") else { return .unknown }
    let completed = types.map { $0 ?? .float }
    let help = [function.description.signature + ": " + function.description.summary]
    guard let result = function.result(completed) else {
      let conversion = hint(types, written) { function.result($0) != nil }
      return fail(
        .wrongType, "'\(function.rawValue)' does not take \(Self.words(types))", at: range, label: conversion,
        help: help)
    }
    let parts = Self.rows(terms, completed)
    guard function.counts(parts.map(\.expression)) != nil else {
      return fail(
        .wrongType, "'\(function.rawValue)' counts rows by whole numbers from 1 up that are written as such", at: range,
        help: help)
    }
    return bounded(RowTerm(.window(function, parts.map(\.expression)), result, over: parts), at: range)
  }

  /// The types of the terms, nil for a bare missing; nil altogether when one of them is unknown or is no value a row.
  private mutating func argumentTypes(_ terms: [Term], _ written: [Expr], taker: String) -> [ColumnType?]? {
    var isSound = true
    for (term, expression) in zip(terms, written) {
      switch term {
      case .row, .missing: break
      case .unknown: isSound = false
      case .function(let name):
        isSound = false
        _ = fail(
          .wrongType, "'\(name)' is a function and stands where a value should", at: expression.range,
          label: scope.function(name).map { "call it: \($0.signature)" })
      default:
        isSound = false
        _ = fail(.wrongType, "\(taker) takes values, not \(term.kind)", at: expression.range)
      }
    }
    return isSound ? terms.map(\.type) : nil
  }

  private static func rows(_ terms: [Term], _ types: [ColumnType]) -> [RowTerm] {
    zip(terms, types).map { term, type in
      if case .row(let row) = term { row } else { RowTerm(.missing(type), type) }
    }
  }

  // MARK: Types that do not fit

  private func taker(_ function: Function) -> String { "'\(function.symbol ?? function.rawValue)'" }

  private mutating func refuse(
    _ function: Function, _ types: [ColumnType?], _ written: [Expr], at range: SourceRange
  ) -> Term {
    if [.and, .or, .not].contains(function), let place = types.firstIndex(where: { $0 != nil && $0 != .bool }) {
      let type = types[place] ?? .float
      return fail(
        .wrongType, "\(taker(function)) takes conditions, and '\(Self.shown(written[place]))' is \(type.rawValue)",
        at: written[place].range, label: conditionHint(written[place], type))
    }
    let conversion = hint(types, written) { function.result($0) != nil }
    guard function.isOperator else {
      let description = function.description
      return fail(
        .wrongType, "'\(function.rawValue)' does not take \(Self.words(types))", at: range, label: conversion,
        help: ["\(description.signature): \(description.summary)"])
    }
    let message =
      function == .ifElse
      ? "the two sides of 'if' are \(Self.words(Array(types.dropFirst())))" : sides(function, types, written)
    return fail(.wrongType, message, at: range, label: conversion)
  }

  /// `'age' is text and 3 is int: '>' does not take them together`
  private func sides(_ function: Function, _ types: [ColumnType?], _ written: [Expr]) -> String {
    var seen: [ColumnType?] = []
    var words: [String] = []
    for (type, expression) in zip(types, written) where !seen.contains(type) {
      seen.append(type)
      words.append("'\(Self.shown(expression))' is \(type?.rawValue ?? "missing")")
    }
    let together = words.count > 1 ? "them together" : "it"
    return words.prefix(3).joined(separator: " and ") + ": \(taker(function)) does not take \(together)"
  }

  private static func words(_ types: [ColumnType?]) -> String {
    types.map { $0?.rawValue ?? "missing" }.joined(separator: " and ")
  }

  /// How a number or a text becomes a condition.
  func conditionHint(_ expression: Expr, _ type: ColumnType) -> String {
    switch type {
    case .text: "compare it: \(Self.shown(expression)) == \"…\""
    case .int, .float: "compare it: \(Self.shown(expression)) != 0"
    default: "compare it: \(Self.shown(expression)) != missing"
    }
  }

  /// The one conversion that would make the types fit, as it is written. Reading a text as what it says comes before
  /// writing a number as text.
  func hint(_ types: [ColumnType?], _ written: [Expr], _ fits: ([ColumnType]) -> Bool) -> String? {
    let known = types.map { $0 ?? .float }
    let texts = known.indices.filter { known[$0] == .text }
    for place in texts + known.indices.filter({ known[$0] != .text }) {
      for (result, word) in Self.conversions(from: known[place], written[place]) {
        var changed = known
        changed[place] = result
        if fits(changed) { return "write \(word)" }
      }
    }
    return nil
  }

  private static func conversions(from type: ColumnType, _ expression: Expr) -> [(ColumnType, String)] {
    let text = shown(expression)
    switch (type, expression.kind) {
    case (.text, .literal(.text(let value))):
      if let number = Double(value), number.isFinite { return [(.float, value)] }
      let digits = value.filter(\.isNumber).count
      return digits == 8 && value.count == 10 ? [(.date, "@" + value)] : []
    case (.text, _): return [(.float, "number(\(text))"), (.date, "date(\(text))")]
    case (.bool, .literal): return []
    case (.bool, _): return [(.int, "int(\(text))")]
    case (.int, .literal(.int(let value))) where value == 0 || value == 1:
      return [(.bool, value == 1 ? "true" : "false"), (.text, "\"\(value)\"")]
    case (.int, .literal), (.float, .literal): return [(.text, "\"\(text)\"")]
    case (.int, _), (.float, _), (.date, _), (.datetime, _): return [(.text, "text(\(text))")]
    case (.vector, _): return []
    }
  }
}
