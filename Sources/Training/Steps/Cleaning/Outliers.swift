import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Clips, empties or flags the outliers of one column, by fences of the rows it is fitted on.
public struct Outliers: FeatureStep {
  public enum Act: String, Sendable, CaseIterable {
    /// The fence stands in the place of what lies behind it.
    case clip
    case missing
    /// A bool column `NAME_outlier` says which lie outside.
    case flag
  }

  public let column: String
  public let rule: OutlierRule
  public let act: Act

  public init(_ column: String, _ rule: OutlierRule, _ act: Act) {
    self.column = column
    self.rule = rule
    self.act = act
  }

  /// What the column is called that says which cells of another are outliers.
  public static func flagColumn(of column: String) -> String { column + "_outlier" }

  public var words: String { "outliers \(column), \(rule.words), do: \(act.rawValue)" }
  public var key: StepKey { StepKey("outliers", [column, rule.words, act.rawValue]) }
  public var isFitted: Bool { true }
  public var reads: [String] { [column] }
  public var writes: [String] { [written] }
  private var written: String { act == .flag ? Self.flagColumn(of: column) : column }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
    let type = schema.facts(of: column)?.type
    if let type, !type.isNumeric {
      throw EngineError(.column(.wrongType(column, type, for: .cleaning("outliers"))))
    }
    var next = schema
    var facts = schema.facts(reading: [column], type: act == .flag ? .bool : type, fittedBy: words)
    if act == .clip { facts.settled = (schema.facts(of: column)?.settled ?? []).intersection([.filled]) }
    next.set(written, facts)
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    let fences = try rule.fences(of: column, in: table, progress)
    guard let cells = table[column] else { throw EngineError(.column(.unknown(column))) }
    let outside = fences.outside(of: cells)
    let done: Fenced.Act =
      switch act {
      case .clip: .clipped
      case .missing: .missing
      case .flag: .flagged
      }
    return FittedOutliers(
      column: column, type: cells.type, written: written, act: act, fences: fences,
      found: Fenced(
        column, done, low: fences.low, high: fences.high, open: fences.open, below: outside.below, above: outside.above)
    )
  }
}

private struct FittedOutliers: FittedStep {
  let column: String
  let type: ColumnType
  let written: String
  let act: Outliers.Act
  let fences: Fences
  let found: Fenced

  var remark: StageRemark? { .fenced(found) }
  var writes: [String] { [written] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let value = Expression.column(column, type)
    switch (act, fences.outside(value)) {
    case (.clip, _?): try scope.set(written, fences.clipped(value))
    case (.missing, let outside?): try scope.set(written, .call(.ifElse, [outside, .missing(type), value]))
    case (.flag, let outside?): try scope.set(written, .call(.coalesce, [outside, .literal(.bool(false))]))
    // Without fences nothing is outside.
    case (.clip, nil), (.missing, nil): scope.set(written, try scope.port(column))
    case (.flag, nil):
      let never = Expression.call(.and, [.call(.isMissing, [value]), .literal(.bool(false))])
      try scope.set(written, never)
    }
  }
}
