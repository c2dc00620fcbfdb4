import Diagnostics
import Expressions
import Language
import Tables

/// What binding an expression over columns gave.
public enum Bound: Sendable {
  case known(Expression)
  /// Nothing is wrong, but a column or a value in it shows only when the script runs.
  case open
  /// An error was reported.
  case failed

  public var expression: Expression? { if case .known(let expression) = self { expression } else { nil } }

  /// Its type; nil unless it is known.
  public var type: ColumnType? { expression?.type }
}

/// What reading a value without columns gave.
public enum BoundScalar: Sendable {
  case known(Scalar)
  /// It shows only when the script runs: a figure of a result to come.
  case open
  case failed
}

extension Expr {
  /// Binds the expression over columns. A bare `missing` takes `missingType`; functions of the rows around are refused unless they are
  /// allowed.
  public func bound(
    over columns: ColumnScope, _ scope: Scope, missingType: ColumnType? = nil, allowsWindows: Bool = false,
    _ sink: inout DiagnosticSink
  ) -> Bound {
    var binder = Binder(scope, columns: columns, DiagnosticSink())
    var term = binder.bind(self)
    switch term {
    case .row, .unknown: break
    case .missing where missingType != nil: break
    case .function(let name): term = binder.fail(.wrongType, "'\(name)' is a function: call it", at: range)
    case .missing:
      term = binder.fail(
        .wrongType, "a bare 'missing' has no type", at: range,
        label: "give it one: 'if … then … else missing', float(missing), text(missing)")
    default: term = binder.fail(.wrongType, "\(term.kind) stands where a value per row should", at: range)
    }
    if case .row(let row) = term {
      binder.check(row.expression, at: range)
      if !allowsWindows, let window = row.expression.firstWindow { _ = binder.fail(aroundRows: window, at: range) }
    }
    for diagnostic in binder.sink.diagnostics { sink.report(diagnostic) }
    if binder.sink.hasErrors { return .failed }
    if case .row(let row) = term { return .known(row.expression) }
    if case .missing = term, let missingType { return .known(.missing(missingType)) }
    return .open
  }

  /// Binds a condition: as `bound`, and an error unless it is true or false.
  public func boundCondition(over columns: ColumnScope, _ scope: Scope, _ sink: inout DiagnosticSink) -> Bound {
    let bound = bound(over: columns, scope, missingType: .bool, &sink)
    guard let type = bound.type, type != .bool else { return bound }
    let hint = Binder(scope, columns: columns, DiagnosticSink()).conditionHint(self, type)
    sink.report(
      .wrongType, "a condition is true or false, and '\(Binder.shown(self))' is \(type.rawValue)", at: range,
      label: hint)
    return .failed
  }

  /// Reads the expression where no columns are in sight, and computes it.
  public func scalar(_ scope: Scope, _ sink: inout DiagnosticSink) -> BoundScalar {
    var binder = Binder(scope, columns: nil, DiagnosticSink())
    let term = binder.bind(self)
    let scalar = binder.sink.hasErrors ? nil : binder.scalar(term, at: range)
    for diagnostic in binder.sink.diagnostics { sink.report(diagnostic) }
    if binder.sink.hasErrors { return .failed }
    return scalar.map(BoundScalar.known) ?? .open
  }
}
