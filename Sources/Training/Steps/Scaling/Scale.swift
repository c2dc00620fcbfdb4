import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Shifts and scales one number column by statistics of the rows it is fitted on.
public struct Scale: FeatureStep {
  public let column: String
  public let method: any ScalingMethod.Type

  public init(_ column: String, _ method: any ScalingMethod.Type) {
    self.column = column
    self.method = method
  }

  public var words: String { "scale \(column) = \(method.name)" }
  public var told: StepWords { .act(verb: "scale", column: column, method: method.name) }
  public var key: StepKey { StepKey("scale", [column, method.name]) }
  public var isFitted: Bool { true }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    if case .known(let facts) = schema[column], let type = facts.type { try requireNumber(type) }
    var next = schema
    var facts = schema.facts(reading: [column], type: .float, fittedBy: words)
    facts.settled = (schema.facts(of: column)?.settled ?? []).intersection([.filled])
    if method == StandardScaling.self { facts.settled.insert(.standard) }
    next.set(column, facts)
    return next
  }

  private func requireNumber(_ type: ColumnType) throws(EngineError) {
    guard type.isNumeric else {
      throw EngineError(.column(.wrongType(column, type, for: .scaling)))
    }
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let type = table[column]?.type else { throw EngineError(.column(.unknown(column))) }
    try requireNumber(type)
    return FittedScale(column: column, scaling: try method.fit(ScaledColumn(column, type, table), progress))
  }
}

private struct FittedScale: FittedStep {
  let column: String
  let scaling: Scaling

  var remark: StageRemark? { scaling.remark }
  var writes: [String] { [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) { try scope.set(column, scaling.expression) }
}
