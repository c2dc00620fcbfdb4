import Diagnostics
import Expressions
import Language
import Notation
import Plan
import Tables

/// The selectors: what chooses columns by a property.
public enum ColumnSelector: String, Sendable, CaseIterable {
  case numeric, text, dates
  case missingAny = "missing_any"
  case matching, all

  /// As it is written.
  public var written: String { self == .matching ? "matching(r\"…\")" : rawValue + "()" }

  public var summary: String {
    switch self {
    case .numeric: "columns of numbers"
    case .text: "columns of text"
    case .dates: "columns of dates and moments"
    case .missingAny: "columns with a missing cell"
    case .matching: "columns whose name matches a pattern"
    case .all: "all columns"
    }
  }
}

extension VerbCall {
  /// The columns that a positional expression names: a name, a list of names or a selector. Names that an open schema may
  /// yet have pass; nil after reporting an error. Order as written, a selector's in the order of the table.
  public func columns(_ expression: Expr, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [String]? {
    switch expression.kind {
    case .name(let name): return column(Name(name, at: expression.range), in: schema, &sink).map { [$0] }
    case .list(let items):
      let found = items.map { columns($0, in: schema, &sink) }
      return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
    case .call(let call): return columns(selector: call, in: schema, &sink)
    case .literal(.text(let name)) where !name.isEmpty:
      sink.report(
        .otherLanguage, "a column stands without quotes", at: expression.range,
        rewrite: Rewrite(expression.range, SyntaxPrinter.name(name)))
      return nil
    default:
      if let name = expression.dottedColumn(ColumnScope(schema)) {
        sink.report(dotted: name, at: expression.range)
        return nil
      }
      sink.report(
        .wrongType, "'\(verb.text)' takes columns, not '\(Binder.shown(expression))'", at: expression.range,
        label: "name columns, or choose them: \(ColumnSelector.allCases.map(\.written).joined(separator: " "))")
      return nil
    }
  }

  /// The columns of a target, as above.
  public func columns(_ target: Target, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [String]? {
    switch target.kind {
    case .name(let name): return column(Name(name, at: target.range), in: schema, &sink).map { [$0] }
    case .selector(let call): return columns(selector: call, in: schema, &sink)
    case .names(let names):
      let found = names.map { column($0, in: schema, &sink) }
      return found.contains { $0 == nil } ? nil : found.compactMap { $0 }
    }
  }

  /// All positional arguments together as columns, each once; nil after reporting an error.
  public func columns(in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [String]? {
    var names: [String] = []
    var isSound = true
    for argument in arguments {
      guard case .positional(let expression) = argument.kind else { continue }
      guard let found = columns(expression, in: schema, &sink) else {
        isSound = false
        continue
      }
      for name in found where !names.contains(name) { names.append(name) }
    }
    return isSound ? names : nil
  }

  /// One column by name; nil after reporting that it is not there.
  public func column(_ name: Name, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> String? {
    if schema[name.text] != .absent { return name.text }
    reportUnknown(name, in: schema, &sink)
    return nil
  }

  /// The column that an option names, as in `stratify: outcome`; nil if it was not given, or after reporting.
  public func column(option: String, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> String? {
    guard let text = options.values[option]?.string else { return nil }
    return column(Name(text, at: optionRanges[option] ?? range), in: schema, &sink)
  }

  private func reportUnknown(_ name: Name, in schema: RelationSchema, _ sink: inout DiagnosticSink) {
    let vector = Binder.vectorHint(name.text, ColumnScope(schema))
    let near = vector == nil ? didYouMean(name.text, among: schema.names) : nil
    sink.report(
      .unknownColumn, "no column '\(name.text)' in \(schema.name)", at: name.range,
      label: vector ?? near.map(NearestName.question),
      help: schema.names.isEmpty ? [] : ["columns: \(listed(schema.names)); `schema` lists them"],
      rewrite: near.map { Rewrite(name.range, SyntaxPrinter.name($0)) })
  }

  // MARK: Selectors

  private func columns(
    selector call: Language.Call, in schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [String]? {
    guard let selector = ColumnSelector(rawValue: call.function.text) else {
      let names = ColumnSelector.allCases.map(\.rawValue)
      sink.report(
        .unknownFunction, "no selector '\(call.function.text)'", at: call.function.range,
        label: NearestName.hint(call.function.text, in: names),
        help: ["selectors: \(ColumnSelector.allCases.map(\.written).joined(separator: " "))"])
      return nil
    }
    if selector == .matching { return columns(matching: call, in: schema, &sink) }
    guard call.arguments.isEmpty, call.options.isEmpty else {
      sink.report(
        .unexpectedArgument, "'\(selector.rawValue)()' takes no arguments", at: call.function.range,
        label: "it chooses \(selector.summary)")
      return nil
    }
    return schema.columns.filter { Self.chooses(selector, $0.facts, isLabel: $0.name == schema.label?.name) }.map(
      \.name)
  }

  /// Columns whose type is not known yet are passed over: the stage is planned again when the rows are there. The label is
  /// never chosen by a property.
  private static func chooses(_ selector: ColumnSelector, _ facts: ColumnFacts, isLabel: Bool) -> Bool {
    if isLabel { return false }
    switch selector {
    case .numeric: return facts.type?.isNumeric ?? false
    case .text: return facts.type == .text
    case .dates: return facts.type?.isTemporal ?? false
    // Which columns have a gap shows only in the rows; a step that meets none does nothing to it.
    case .missingAny, .all: return true
    case .matching: return false
    }
  }

  private func columns(
    matching call: Language.Call, in schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> [String]? {
    guard call.arguments.count == 1, call.options.isEmpty,
      case .known(.cell(.text(let pattern))) = call.arguments[0].scalar(scope, &sink)
    else {
      sink.report(
        .wrongType, "'matching' takes one pattern", at: call.function.range, label: "write matching(r\"^x_\")")
      return nil
    }
    return schema.names.filter { name in
      name != schema.label?.name && Self.matches(name, pattern, scope)
    }
  }

  private static func matches(_ name: String, _ pattern: String, _ scope: Scope) -> Bool {
    let test = Expr(.binary(.matches, Expr(.literal(.text(name))), Expr(.literal(.text(pattern)))))
    var sink = DiagnosticSink()
    if case .known(.cell(.bool(let answer))) = test.scalar(scope, &sink) { return answer }
    return false
  }
}
