import Diagnostics
import Interpreter
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
  /// The same with columns that may be there besides those known; unknown for what has no columns.
  var opened: ValueType {
    switch self {
    case .table(var schema):
      schema.isOpen = true
      return .table(schema)
    case .split(var split):
      split.schema.isOpen = true
      return .split(split)
    default: return .unknown
    }
  }
}
