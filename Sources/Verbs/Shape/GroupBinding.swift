import Diagnostics
import Expressions
import Interpreter
import Language
import Notation
import Plan
import Tables

/// Binds `name = expression` over statistics of groups: a column stands inside a statistic, but for keys and the columns made before.
struct GroupBinding {
  struct Output {
    let name: String
    /// nil while a column that it reads is not known yet.
    let expression: Expression?
    let words: String
  }

  private let call: VerbCall
  private let schema: RelationSchema
  private let keys: [String]
  /// The columns of the rows, and those made so far that have names of their own.
  private var columns: ColumnScope
  private var made: Set<String> = []

  init(_ call: VerbCall, _ schema: RelationSchema, keys: [String]) {
    self.call = call
    self.schema = schema
    self.keys = keys
    columns = ColumnScope(schema)
  }

  /// nil after reporting an error.
  mutating func outputs(_ sink: inout DiagnosticSink) -> [Output]? {
    if reportMissing(&sink) { return nil }
    var outputs: [Output] = []
    var isSound = true
    for argument in call.arguments {
      guard case .assignment(let target, let written) = argument.kind, case .name(let name) = target.kind else {
        if case .assignment(let target, _) = argument.kind {
          sink.report(
            .wrongType, "'group' makes one column at a time", at: target.range, label: "write name = expression")
        }
        isSound = false
        continue
      }
      guard isFree(name, at: target.range, &sink), let expression = bound(written, &sink) else {
        isSound = false
        continue
      }
      outputs.append(
        Output(name: name, expression: expression.expression, words: ExpressionPrinter.text(written)))
      made.insert(name)
      if schema.facts(of: name) == nil { columns.set(name, expression.type) }
    }
    return isSound ? outputs : nil
  }

  private func isFree(_ name: String, at range: SourceRange, _ sink: inout DiagnosticSink) -> Bool {
    guard keys.contains(name) || made.contains(name) else { return true }
    let what = keys.contains(name) ? "a key of the groups" : "made twice in this stage"
    sink.report(.duplicateName, "'\(name)' is \(what)", at: range, label: "give it another name")
    return false
  }

  private func bound(_ written: Expr, _ sink: inout DiagnosticSink) -> Bound? {
    let bound = written.bound(over: columns, call.scope, missingType: .float, &sink)
    switch bound {
    case .failed: return nil
    case .open: return bound
    case .known(let expression): return isOfGroups(expression, written, &sink) ? bound : nil
    }
  }

  // MARK: What a group has

  private func isOfGroups(_ expression: Expression, _ written: Expr, _ sink: inout DiagnosticSink) -> Bool {
    if let column = firstRowColumn(expression) {
      let name = ScriptText.name(column)
      sink.report(
        .wrongType, "'\(column)' has a value for each row, and a group has many rows", at: written.range,
        help: ["a statistic of it, such as `mean(\(name))` or `first(\(name))`", "or a key: add it to `by:`"])
      return false
    }
    if let column = firstMadeInside(expression) {
      sink.report(
        .wrongType, "'\(column)' is made of groups, and a statistic is of their rows", at: written.range,
        label: "use it outside of statistics")
      return false
    }
    guard let inner = firstInner(expression) else { return true }
    sink.report(
      .unsupported, "'\(inner.rawValue)' stands inside another statistic", at: written.range,
      label: "make a column of it first", help: ["`derive NAME = …, by: …` gives each row a statistic of its group"])
    return false
  }

  /// A column of the rows that stands outside of statistics and is no key.
  private func firstRowColumn(_ expression: Expression) -> String? {
    switch expression {
    case .column(let name, _): keys.contains(name) || schema.facts(of: name) == nil && made.contains(name) ? nil : name
    case .literal, .missing, .aggregate: nil
    case .call(_, let arguments), .window(_, let arguments): arguments.lazy.compactMap(firstRowColumn).first
    }
  }

  /// A column made in this stage that stands inside a statistic.
  private func firstMadeInside(_ expression: Expression) -> String? {
    switch expression {
    case .column, .literal, .missing: nil
    case .call(_, let arguments), .window(_, let arguments): arguments.lazy.compactMap(firstMadeInside).first
    case .aggregate(_, let arguments):
      arguments.lazy.flatMap(\.columns).first { schema.facts(of: $0) == nil && made.contains($0) }
    }
  }

  /// A statistic inside another.
  private func firstInner(_ expression: Expression, isInside: Bool = false) -> Aggregate? {
    switch expression {
    case .column, .literal, .missing: nil
    case .call(_, let arguments), .window(_, let arguments):
      arguments.lazy.compactMap { firstInner($0, isInside: isInside) }.first
    case .aggregate(let aggregate, let arguments):
      isInside ? aggregate : arguments.lazy.compactMap { firstInner($0, isInside: true) }.first
    }
  }

  // MARK: What is left out

  /// Whether nothing is asked of groups, or a column or a statistic stands without a name: told with the stage that is meant.
  private func reportMissing(_ sink: inout DiagnosticSink) -> Bool {
    let bare = call.positionals
    guard bare.count == call.arguments.count || !bare.isEmpty else { return false }
    let names = bare.compactMap { name in
      if case .name(let name) = name.kind, schema[name] != .absent { name } else { nil }
    }
    let by = (keys + names.filter { !keys.contains($0) }).map(ScriptText.name)
    var parts = by.isEmpty ? [] : ["by: " + (by.count == 1 ? by[0] : "[\(by.joined(separator: ", "))]")]
    var outputs = call.arguments.compactMap { argument -> String? in
      switch argument.kind {
      case .assignment: SyntaxPrinter.text(argument)
      case .positional(let value): Self.named(value)
      case .option: nil
      }
    }
    if outputs.isEmpty { outputs = ["n = count()"] }
    parts += outputs
    let isUnknown = bare.contains { if case .name(let name) = $0.kind { schema[name] == .absent } else { false } }
    sink.report(
      .missingArgument,
      bare.isEmpty
        ? "'group' needs what is asked of each group"
        : names.isEmpty ? "'group' needs a name for each column that it makes" : "the keys of groups stand in 'by:'",
      at: call.range, label: "for example group \(parts.joined(separator: ", "))",
      rewrite: isUnknown ? nil : Rewrite(call.range, "group \(parts.joined(separator: ", "))"))
    return true
  }

  /// `mean_age = mean(age)` for a statistic without a name; nil for a name.
  private static func named(_ value: Expr) -> String? {
    guard case .call(let call) = value.kind else { return nil }
    let columns = call.arguments.compactMap { if case .name(let name) = $0.kind { name } else { nil } }
    let name =
      columns.isEmpty
      ? (call.function.text == "count" ? "n" : call.function.text) : "\(call.function.text)_\(columns[0])"
    return "\(ScriptText.name(name)) = \(SyntaxPrinter.text(value))"
  }
}
