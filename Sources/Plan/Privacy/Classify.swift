import Kernels
import Scoring
import Tables

/// Says how sensitive columns are. It changes no cell: what it says goes with the columns through every step, and with a model's raw
/// columns into its graph.
public struct Classify: FeatureStep {
  /// What is said of one column.
  public enum Claim: Sendable, Hashable {
    /// A level, and whether a waiver lets a model learn from it.
    case level(ColumnLevel, isWaived: Bool)
    /// What was known of it before rows were changed as a whole.
    case carried(Sensitivity)
  }

  public static let kind = "classify"

  public let claims: [(column: String, claim: Claim)]
  /// What was written beside the columns: a reason, a waiver.
  public let remark: String

  public init(_ claims: [(column: String, claim: Claim)], remark: String = "") {
    self.claims = claims
    self.remark = remark
  }

  /// What a schema says of its columns, to be said again of rows that begin anew; nil where it says nothing.
  public init?(carrying schema: RelationSchema) {
    let known = schema.columns.filter { $0.facts.sensitivity != Sensitivity() }
    if known.isEmpty { return nil }
    self.init(known.map { ($0.name, .carried($0.facts.sensitivity)) })
  }

  public var words: String {
    "classify " + claims.map { "\($0.column) = \($0.claim.level)" }.joined(separator: ", ") + remark
  }

  public var key: StepKey {
    StepKey(Self.kind, claims.flatMap { [$0.column, "\($0.claim.level)", $0.claim.mayTeach ? "waived" : ""] })
  }

  public var isFitted: Bool { false }
  public var reads: [String] { [] }
  public var writes: [String] { [] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    try apply(to: &next)
    return next
  }

  public func apply(to schema: inout RelationSchema) throws(EngineError) {
    for (column, claim) in claims {
      guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
      var facts = schema.facts(of: column) ?? .open(column, in: schema)
      switch claim {
      case .level(let level, let isWaived): facts.sensitivity = facts.sensitivity.classified(level, isWaived: isWaived)
      case .carried(let sensitivity): facts.sensitivity = sensitivity
      }
      for origin in facts.origins {
        let known = schema.rawLevels[origin] ?? .public
        schema.rawLevels[origin] =
          facts.origins == [column] ? facts.sensitivity.shows : max(known, facts.sensitivity.shows)
      }
      // Of a guarded column nothing is told, its values' spelling neither.
      schema.set(column, facts, isChanged: facts.sensitivity.shows.isGuarded)
    }
  }

  public func fit(on table: Table, _ progress: Progress) -> any FittedStep {
    FittedClassify(levels: claims.map { ($0.column, $0.claim.shownLevel) })
  }
}

extension Classify.Claim {
  fileprivate var level: String {
    switch self {
    case .level(let level, _): level.rawValue
    case .carried(let sensitivity): sensitivity.level.rawValue
    }
  }

  /// The level of the cells, behind the masks that they went through before.
  fileprivate var shownLevel: ColumnLevel {
    switch self {
    case .level(let level, _): level
    case .carried(let sensitivity): sensitivity.shows
    }
  }

  fileprivate var mayTeach: Bool {
    switch self {
    case .level(_, let isWaived): isWaived
    case .carried(let sensitivity): sensitivity.mayTeach
    }
  }
}

private struct FittedClassify: FittedStep {
  let levels: [(column: String, level: ColumnLevel)]

  var writes: [String] { [] }

  func lower(into scope: inout LoweringScope) {
    for (column, level) in levels { scope.classify(column, as: level) }
  }
}
