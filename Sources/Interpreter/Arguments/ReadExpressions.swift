import Diagnostics
import Expressions
import Language
import Plan
import Tables

/// `name = expression`, bound.
public struct Derivation: Sendable {
  public let name: Name
  /// nil while a column it reads is not known yet.
  public let expression: Expression?
  /// The right side as written.
  public let words: String
  public let range: SourceRange
}

/// A condition over the columns, bound.
public struct Condition: Sendable {
  /// nil while a column it reads is not known yet.
  public let expression: Expression?
  public let words: String
  public let range: SourceRange
}

extension VerbCall {
  /// An expression over the columns of a schema.
  public func expression(_ written: Expr, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> Bound {
    SampledValues(schema).note(written, &sink)
    return written.bound(over: ColumnScope(schema), scope, &sink)
  }

  /// A condition over the columns of a schema.
  public func condition(_ written: Expr, in schema: RelationSchema, _ sink: inout DiagnosticSink) -> Bound {
    SampledValues(schema).note(written, &sink)
    return written.boundCondition(over: ColumnScope(schema), scope, &sink)
  }

  /// All positional arguments as conditions; nil after reporting an error.
  public func conditions(in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [Condition]? {
    let columns = ColumnScope(schema)
    var conditions: [Condition] = []
    var isSound = true
    for argument in arguments {
      guard case .positional(let written) = argument.kind else { continue }
      SampledValues(schema).note(written, &sink)
      let bound = written.boundCondition(over: columns, scope, &sink)
      if case .failed = bound { isSound = false }
      conditions.append(
        Condition(expression: bound.expression, words: ExpressionPrinter.text(written), range: written.range))
    }
    return isSound ? conditions : nil
  }

  /// All `name = expression` arguments, from left to right, each seeing the columns that those before it made. A bare
  /// `missing` is a float. nil after reporting an error. Functions of the rows around may stand in them.
  public func derivations(in schema: RelationSchema, _ sink: inout DiagnosticSink) -> [Derivation]? {
    var columns = ColumnScope(schema)
    var before = schema
    var derivations: [Derivation] = []
    var isSound = true
    for argument in arguments {
      guard let (name, written) = derivation(argument, &sink) else {
        isSound = false
        continue
      }
      SampledValues(before).note(written, &sink)
      let bound = written.bound(over: columns, scope, missingType: .float, allowsWindows: true, &sink)
      before.sampled.forget(name.text)
      if case .failed = bound { isSound = false }
      columns.set(name.text, bound.type)
      derivations.append(
        Derivation(
          name: name, expression: bound.expression, words: ExpressionPrinter.text(written), range: argument.range))
    }
    return isSound ? derivations : nil
  }

  private func derivation(_ argument: Argument, _ sink: inout DiagnosticSink) -> (Name, Expr)? {
    switch argument.kind {
    case .assignment(let target, let written):
      if case .name(let name) = target.kind { return (Name(name, at: target.range), written) }
      sink.report(
        .wrongType, "'\(verb.text)' makes one column at a time", at: target.range, label: "write name = expression")
    case .positional(let written): reportMissingName(written, &sink)
    case .option: break
    }
    return nil
  }

  private func reportMissingName(_ written: Expr, _ sink: inout DiagnosticSink) {
    if case .binary(.equal, let left, let right) = written.kind, case .name(let name) = left.kind {
      sink.report(
        .assignmentInExpression, "'==' compares; '=' gives a column its value", at: written.range,
        label: "write \(SyntaxPrinter.name(name)) = \(Binder.shown(right))")
      return
    }
    sink.report(
      .missingArgument, "'\(verb.text)' needs a name for the column", at: written.range,
      label: "write name = \(Binder.shown(written))")
  }

  /// A value without columns; nil after reporting an error, or while it is not known.
  public func scalar(_ written: Expr, _ sink: inout DiagnosticSink) -> Scalar? {
    if case .known(let scalar) = written.scalar(scope, &sink) { return scalar }
    return nil
  }
}
