import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Generalises columns, each in its way, which the rows that they were found for have settled: rows to come are generalised the same way, and
/// so are those that a model is given.
public struct AnonymisedColumns: FeatureStep {
  public let columns: [(name: String, way: Generalisation)]
  public let demand: AnonymityDemand

  public init(_ columns: [(name: String, way: Generalisation)], _ demand: AnonymityDemand) {
    self.columns = columns
    self.demand = demand
  }

  /// Before any row is read: all that is known is that the types stay.
  public init(planned columns: [String], _ demand: AnonymityDemand) {
    self.init(columns.map { ($0, .hidden) }, demand)
  }

  public var words: String { "anonymise \(columns.map(\.name).joined(separator: ", ")), \(demand.words)" }
  public var key: StepKey {
    StepKey(StepKey.maskKind, ["anonymise"] + columns.flatMap { [$0.name] + $0.way.parts })
  }
  public var isFitted: Bool { false }
  public var reads: [String] { columns.map(\.name) }
  public var writes: [String] { columns.map(\.name) }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    try apply(to: &next)
    return next
  }

  public func apply(to schema: inout RelationSchema) throws(EngineError) {
    for (name, _) in columns {
      guard schema[name] != .absent else { throw EngineError(.column(.unknown(name, in: schema.name))) }
      let type = schema.facts(of: name)?.type
      if type == .vector { throw EngineError(.privacy(.wrongType(name, .vector, mask: Self.word))) }
      var facts = schema.facts(reading: [name], type: type)
      facts.sensitivity = facts.sensitivity.masked(by: Self.word, hidesAll: false)
      schema.set(name, facts)
    }
  }

  private static let word = "anonymise"

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    var made: [(name: String, expression: Expression)] = []
    for (name, way) in columns {
      guard let type = table[name]?.type else { throw EngineError(.column(.unknown(name))) }
      guard type != .vector else { throw EngineError(.privacy(.wrongType(name, type, mask: Self.word))) }
      made.append((name, way.expression(of: .column(name, type))))
    }
    return FittedAnonymisedColumns(made: made)
  }
}

private struct FittedAnonymisedColumns: FittedStep {
  let made: [(name: String, expression: Expression)]

  var writes: [String] { made.map(\.name) }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    for (name, expression) in made {
      let before = try scope.port(name)
      try scope.set(name, expression)
      scope.markMask(of: name, before, made: try scope.column(name))
    }
  }
}
