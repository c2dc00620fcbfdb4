import Diagnostics
import Interpreter
import Language
import Plan

extension DiagnosticSink {
  /// An engine's refusal while planning, at a place of the script.
  mutating func report(_ error: EngineError, at range: SourceRange) {
    report(Diagnostic(error, at: range))
  }
}

extension VerbCall {
  /// A stage that cannot be planned further before its columns are known; it is planned again when the rows arrive.
  func open(_ result: ValueType) -> PlannedStage {
    let name = verb.text
    return PlannedStage(result: result) { _, _ throws(EngineError) in
      throw EngineError(.column(.unreadable(by: name)))
    }
  }
}

extension [MethodUse] {
  /// One entry a column, in order.
  var byColumn: [(column: String, use: MethodUse)] { flatMap { use in use.columns.map { ($0, use) } } }
}

extension ValueType {
  /// The same with columns of those names, about which nothing is known: what a refused stage would have made. Unknown for what has no
  /// columns.
  func naming(_ names: [String]) -> ValueType {
    func named(_ schema: RelationSchema) -> RelationSchema {
      var next = schema
      for name in names where name != schema.label?.name { next.set(name, ColumnFacts(type: nil, origins: [])) }
      return next
    }
    switch self {
    case .table(let schema): return .table(named(schema))
    case .split(var split):
      split.schema = named(split.schema)
      return .split(split)
    default: return .unknown
    }
  }
}

extension Expr {
  /// The name behind a minus sign or a `not`: how other languages leave a column out, or sort it down.
  var negatedName: String? {
    if case .unary(_, let inner) = kind { return inner.dottedName }
    return nil
  }
}

extension Argument {
  /// The column that `name = …` makes.
  var madeName: String? {
    if case .assignment(let target, _) = kind, case .name(let name) = target.kind { return name }
    return nil
  }
}
