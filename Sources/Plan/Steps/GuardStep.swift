import Expressions
import Kernels
import Scoring
import Tables

/// A rule that travels inside a model: what scores the model gives no answer to a row that it is false for. It changes no column.
public struct GuardStep: FeatureStep {
  public let condition: Expression
  /// The rule as it is written, which a caller is told.
  public let rule: String

  /// `condition` is true or false; statistics in it are those of the rows that the model is fitted on.
  public init(_ condition: Expression, rule: String) {
    self.condition = condition
    self.rule = rule
  }

  public var words: String { "validate \(rule), guard: true" }
  public var key: StepKey { StepKey("guard", [condition.display, rule]) }
  public var isFitted: Bool { condition.isFitted }
  public var reads: [String] { condition.columns }
  public var writes: [String] { [] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    for column in reads {
      if schema[column] == .absent { throw EngineError(.column(.unknown(column, in: schema.name))) }
      guard var facts = schema.facts(of: column) else { continue }
      facts.guardedBy = words
      next.set(column, facts)
    }
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    FittedGuard(condition: isFitted ? try condition.settled(on: table, progress) : condition, rule: rule)
  }
}

private struct FittedGuard: FittedStep {
  let condition: Expression
  let rule: String
  var writes: [String] { [] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) { try scope.guardRows(rule, condition) }
}
