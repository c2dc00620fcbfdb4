import Descriptions
import Diagnostics
import Language
import Notation
import Tables

/// An algorithm as a stage names it, with the options of its own call.
public struct AlgorithmUse: Sendable {
  public let name: Name
  /// From `boost(depth: 3..8)`: read and checked against the algorithm's description.
  public let options: Options
  public let range: SourceRange
}

/// A condition on a figure: `auc >= 0.8`.
public struct MetricCondition: Sendable, Hashable {
  public enum Comparison: String, Sendable { case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=" }

  public let metric: String
  public let comparison: Comparison
  public let bound: Double
  public let words: String
  public let range: SourceRange

  public func holds(_ value: Double) -> Bool {
    switch comparison {
    case .less: value < bound
    case .lessOrEqual: value <= bound
    case .greater: value > bound
    case .greaterOrEqual: value >= bound
    }
  }
}

extension VerbCall {
  /// The positional arguments, in order.
  public var positionals: [Expr] {
    arguments.compactMap { if case .positional(let expression) = $0.kind { expression } else { nil } }
  }

  /// A positional argument as a text: a literal, a let or a param that holds one, or a bare word. nil if it is not there,
  /// or after reporting.
  public func text(at place: Int, _ sink: inout DiagnosticSink) -> String? {
    guard positionals.indices.contains(place) else { return nil }
    let written = positionals[place]
    if case .name(let name) = written.kind, scope[name] == nil { return name }
    if let path = unquotedPath(written) {
      sink.report(
        .unknownName, "a file stands in quotes", at: written.range,
        rewrite: Rewrite(written.range, SyntaxPrinter.text(.text(path))))
      return nil
    }
    switch written.scalar(scope, &sink) {
    case .known(.cell(.text(let text))): return text
    case .known(let other):
      sink.report(.wrongType, "'\(verb.text)' takes a text here, not \(other.typeName)", at: written.range)
      return nil
    case .open, .failed: return nil
    }
  }

  /// `model.onnx` without its quotes, which reads as a figure of a value that is not there.
  public func unquotedPath(_ written: Expr) -> String? {
    guard case .member = written.kind, let first = written.firstName, scope[first] == nil else { return nil }
    return written.dottedName
  }

  /// A positional argument as a named value with its type; nil if it is not there, or after reporting.
  public func namedValue(at place: Int, _ sink: inout DiagnosticSink) -> (name: String, type: ValueType)? {
    guard positionals.indices.contains(place) else { return nil }
    let written = positionals[place]
    if case .name(let name) = written.kind, let type = namedTypes[name] { return (name, type) }
    let names = namedTypes.keys.filter { $0 != "_" }.sorted()
    let text = Binder.shown(written)
    let isLast = namedTypes["_"]?.schema?.name == text
    sink.report(
      .unknownName, "no value '\(text)'", at: written.range,
      label: isLast ? "the last value has no name yet" : NearestName.hint(text, in: names),
      help: ["\(ScriptText.code("as \(isLast ? SyntaxPrinter.name(text) : "NAME")")) names the last value"]
        + (names.isEmpty ? [] : ["named values: \(listed(names))"]))
    return nil
  }

  // MARK: Algorithms

  /// The algorithms that the positional arguments name: `boost`, `[logistic, boost(depth: 3)]`; nil after reporting.
  public func algorithms(_ known: [Description], _ sink: inout DiagnosticSink) -> [AlgorithmUse]? {
    let written = positionals.flatMap { expression -> [Expr] in
      if case .list(let items) = expression.kind { items } else { [expression] }
    }
    let read = written.map { algorithm($0, known, &sink) }
    return read.contains { $0 == nil } ? nil : read.compactMap { $0 }
  }

  private func algorithm(_ written: Expr, _ known: [Description], _ sink: inout DiagnosticSink) -> AlgorithmUse? {
    let (name, entries) = Self.algorithmName(written)
    guard let name else {
      sink.report(.wrongType, "'\(Binder.shown(written))' names no algorithm", at: written.range)
      return nil
    }
    guard let description = known.first(where: { $0.name == name.text }) else {
      let other = known.first { $0.otherNames.contains(name.text) }
      let planned = PlannedWords.hint(name.text, .algorithm)
      let near = other == nil && planned == nil ? didYouMean(name.text, among: known.map(\.name)) : nil
      sink.report(
        .unknownMethod, "no algorithm '\(name.text)'", at: name.range,
        label: other.map { "here it is '\($0.name)'" } ?? planned ?? near.map(NearestName.question),
        help: ["algorithms: \(listed(known.map(\.name), limit: 20))"],
        rewrite: (other?.name ?? near).map { Rewrite(name.range, $0) })
      return nil
    }
    let options = entries.map { Argument(.option($0.key, $0.value), at: $0.range) }
    let inside = Language.Stage(name, options, at: written.range)
    let own = Description(
      name: description.name, summary: description.summary, group: description.group,
      parameters: description.parameters, otherOptions: description.otherOptions)
    var inner = DiagnosticSink()
    let call = StageArguments(own, scope: scope).read(inside, &inner)
    for diagnostic in inner.diagnostics { sink.report(diagnostic) }
    guard let call, !inner.hasErrors else { return nil }
    return AlgorithmUse(name: name, options: call.options, range: written.range)
  }

  /// The algorithm's name and the options in its call; no name if it is neither a name nor a call.
  static func algorithmName(_ written: Expr) -> (Name?, [RecordEntry]) {
    switch written.kind {
    case .name(let name): (Name(name, at: written.range), [])
    case .call(let call) where call.arguments.isEmpty: (call.function, call.options)
    default: (nil, [])
    }
  }

  // MARK: Conditions on figures

  /// The positional arguments as conditions on figures, `known` being their names; nil after reporting.
  public func metricConditions(_ known: [String], _ sink: inout DiagnosticSink) -> [MetricCondition]? {
    let read = positionals.map { metricCondition($0, known, &sink) }
    return read.contains { $0 == nil } ? nil : read.compactMap { $0 }
  }

  private func metricCondition(_ written: Expr, _ known: [String], _ sink: inout DiagnosticSink) -> MetricCondition? {
    guard case .binary(let sign, let left, let right) = written.kind,
      let comparison = MetricCondition.Comparison(rawValue: sign.rawValue), case .name(let name) = left.kind
    else {
      sink.report(
        .wrongType, "'\(Binder.shown(written))' compares no figure", at: written.range,
        label: "write \(known.first ?? "accuracy") >= 0.8",
        help: known.isEmpty ? [] : ["figures: \(listed(known, limit: 16))"])
      return nil
    }
    guard known.contains(name) else {
      sink.report(
        .unknownName, "no figure '\(name)'", at: left.range, label: NearestName.hint(name, in: known),
        help: ["figures: \(listed(known, limit: 24))"])
      return nil
    }
    switch right.scalar(scope, &sink) {
    case .known(.cell(let cell)) where cell.number != nil:
      return MetricCondition(
        metric: name, comparison: comparison, bound: cell.number ?? 0, words: ExpressionPrinter.text(written),
        range: written.range)
    case .known(let other):
      sink.report(.wrongType, "'\(name)' is compared with a number, not \(other.typeName)", at: right.range)
      return nil
    case .open, .failed: return nil
    }
  }
}

extension VerbCall {
  /// The names of the algorithms among a stage's arguments, before anything is checked: for `Verb.companions`.
  public static func algorithmNames(_ arguments: [Argument]) -> [Name] {
    arguments.flatMap { argument -> [Name] in
      guard case .positional(let written) = argument.kind else { return [] }
      let items = if case .list(let items) = written.kind { items } else { [written] }
      return items.compactMap { algorithmName($0).0 }
    }
  }
}
