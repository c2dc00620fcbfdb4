import Expressions
import Kernels
import Scoring
import Tables

/// Makes or replaces a column by an expression over the others. Statistics inside it (`mean(age)`) are fitted.
public struct Derive: FeatureStep {
  public let name: String
  public let expression: Expression
  public let words: String

  /// `words` is the step as written; left out, it is made from the expression.
  public init(_ name: String, _ expression: Expression, words: String? = nil) {
    self.name = name
    self.expression = expression
    self.words = words ?? "derive \(name) = \(expression.display)"
  }

  public var key: StepKey { StepKey("derive", [name, expression.display]) }
  public var isFitted: Bool { expression.isFitted }
  public var reads: [String] { expression.columns }
  public var writes: [String] { [name] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    try apply(to: &next)
    return next
  }

  public func apply(to schema: inout RelationSchema) throws(EngineError) {
    for column in reads where schema[column] == .absent {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    schema.set(name, schema.facts(reading: reads, type: expression.type, fittedBy: isFitted ? words : nil))
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard isFitted else { return FittedDerive(name: name, expression: expression) }
    let settled = try expression.settled(on: table, progress)
    return FittedDerive(name: name, expression: settled, rounded: expression.roundedByStatistics(of: table))
  }
}

private struct FittedDerive: FittedStep {
  let name: String
  let expression: Expression
  /// Ints that its statistics took as floats that do not hold them.
  var rounded = 0
  var writes: [String] { [name] }
  var remark: StageRemark? { rounded > 0 ? .rounded(rounded) : nil }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    try scope.set(name, expression)
  }
}

extension LoweringScope {
  /// Lets `name` stand for an expression without aggregates over the columns in scope.
  public mutating func set(_ name: String, _ expression: Expression) throws(Unsupported) {
    let ports = try columns(expression.columns)
    guard let port = builder.expression(expression, ports) else {
      throw Unsupported(step: builder.step, .unwired)
    }
    set(name, .column(port))
  }
}
