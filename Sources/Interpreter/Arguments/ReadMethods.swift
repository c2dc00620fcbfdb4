import Descriptions
import Diagnostics
import Language
import Plan

/// `target = method`, read: which columns get which method or value.
public struct MethodUse: Sendable, Hashable {
  public let columns: [String]
  /// A word (`median`), a call (`knn(5)`) or a literal value.
  public let method: RawValue
  /// The target as written: `numeric()`.
  public let target: String
  /// Where the method stands.
  public let range: SourceRange

  public init(columns: [String], method: RawValue, target: String, range: SourceRange) {
    self.columns = columns
    self.method = method
    self.target = target
    self.range = range
  }

  /// As written: `numeric() = median`.
  public var words: String { "\(target) = \(method)" }
}

extension VerbCall {
  /// All `target = method` arguments in order. A column that is named beats a selector that covers it; a column named
  /// twice is an error. `methods` are the words allowed; with `allowsValues` a literal, a list or a let may stand there too.
  /// `usual` are the columns that a method alone is most likely meant for, for advice. nil after reporting an error.
  public func methods(
    _ methods: [String], allowsValues: Bool = false, usual: ColumnSelector, in schema: RelationSchema,
    _ sink: inout DiagnosticSink
  ) -> [MethodUse]? {
    var uses: [(use: MethodUse, isSelector: Bool)] = []
    var isSound = true
    for argument in arguments {
      guard case .assignment(let target, let value) = argument.kind else {
        reportNoMethod(argument, MethodAdvice(methods, usual, schema), &sink)
        isSound = false
        continue
      }
      let found = columns(target, in: schema, &sink)
      guard let method = method(value, among: methods, allowsValues: allowsValues, &sink), let found else {
        isSound = false
        continue
      }
      let use = MethodUse(columns: found, method: method, target: SyntaxPrinter.text(target), range: value.range)
      if case .selector = target.kind { uses.append((use, true)) } else { uses.append((use, false)) }
      isSound = reportTwice(uses, target.range, &sink) && isSound
    }
    return isSound ? Self.namedFirst(uses) : nil
  }

  private func reportNoMethod(_ argument: Argument, _ advice: MethodAdvice, _ sink: inout DiagnosticSink) {
    let written = SyntaxPrinter.text(argument)
    guard case .positional(let value) = argument.kind else { return }
    sink.report(
      .missingArgument,
      advice.isMethod(value)
        ? "'\(verb.text)' needs the columns that get '\(written)'" : "'\(verb.text)' needs a method for '\(written)'",
      at: argument.range, help: ["methods: \(listed(advice.methods, limit: 12))"],
      rewrite: Rewrite(argument.range, advice.text(value)))
  }

  private func reportTwice(
    _ uses: [(use: MethodUse, isSelector: Bool)], _ range: SourceRange, _ sink: inout DiagnosticSink
  ) -> Bool {
    guard let last = uses.last, !last.isSelector else { return true }
    let earlier = Set(uses.dropLast().filter { !$0.isSelector }.flatMap(\.use.columns))
    guard let twice = last.use.columns.first(where: earlier.contains) else { return true }
    sink.report(.duplicateName, "'\(twice)' gets a method twice in this stage", at: range)
    return false
  }

  /// Takes from each selector the columns that are named elsewhere in the stage, and those that a later selector covers.
  private static func namedFirst(_ uses: [(use: MethodUse, isSelector: Bool)]) -> [MethodUse] {
    let named = Set(uses.filter { !$0.isSelector }.flatMap(\.use.columns))
    var taken: Set<String> = []
    var kept: [MethodUse] = []
    for (use, isSelector) in uses.reversed() {
      let columns = isSelector ? use.columns.filter { !named.contains($0) && !taken.contains($0) } : use.columns
      if isSelector { taken.formUnion(columns) }
      kept.append(MethodUse(columns: columns, method: use.method, target: use.target, range: use.range))
    }
    return kept.reversed()
  }

  /// One method: a word among `methods` or a call of one, or, where they are allowed, a value; nil after reporting.
  public func method(
    _ value: Expr, among methods: [String], allowsValues: Bool = false, _ sink: inout DiagnosticSink
  ) -> RawValue? {
    let name: String
    switch value.kind {
    case .name(let word): name = word
    case .call(let call): name = call.function.text
    default:
      if allowsValues { return readValue(value, &sink) }
      sink.report(
        .unknownMethod, "'\(Binder.shown(value))' is no method of '\(verb.text)'", at: value.range,
        help: ["methods: \(listed(methods, limit: 16))"])
      return nil
    }
    if methods.contains(name) { return readMethod(value, name, &sink) }
    if allowsValues, scope[name] != nil || scope.function(named: name) != nil { return readValue(value, &sink) }
    sink.report(
      .unknownMethod, "'\(verb.text)' has no method '\(name)'", at: value.range,
      label: PlannedWords.hint(name, .method(of: verb.text)) ?? NearestName.hint(name, in: methods)
        ?? (allowsValues ? "as a text to fill in, \"\(name)\"" : nil),
      help: ["methods: \(listed(methods, limit: 16))"])
    return nil
  }

  private func readMethod(_ value: Expr, _ name: String, _ sink: inout DiagnosticSink) -> RawValue? {
    guard case .call(let call) = value.kind else { return .word(name) }
    var values: [RawValue] = []
    var fields: [RawField] = []
    for argument in call.arguments {
      guard let raw = readValue(argument, &sink) else { return nil }
      values.append(raw)
    }
    for option in call.options {
      guard let raw = readValue(option.value, &sink) else { return nil }
      fields.append(RawField(option.key.text, raw))
    }
    return .call(name, values, fields)
  }

  private func readValue(_ value: Expr, _ sink: inout DiagnosticSink) -> RawValue? {
    var reader = OptionReader(scope: scope, sink: DiagnosticSink())
    let anything = Parameter<RawValue>("value", "any value", otherwise: "")
    let read = reader.read(Name("value", at: value.range), value, for: [anything])
    for diagnostic in reader.sink.diagnostics { sink.report(diagnostic) }
    switch read {
    case .value(let raw): return raw
    case .open: return .missing
    case .failed: return nil
    }
  }
}
