import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// A bool column that says where the cells of another are missing: of no statistic, though `impute … flag: true` makes it beside
/// one.
struct MissingFlag: FeatureStep {
  private let column: String
  private let flag: String

  init(_ column: String, as flag: String) {
    self.column = column
    self.flag = flag
  }

  var words: String { "derive \(flag) = \(column) == missing" }
  var key: StepKey { StepKey("missing_flag", [column, flag]) }
  var isFitted: Bool { false }
  var reads: [String] { [column] }
  var writes: [String] { [flag] }

  func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    var next = schema
    next.set(flag, schema.facts(reading: [column], type: .bool))
    return next
  }

  func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let type = table[column]?.type else { throw EngineError(.column(.unknown(column))) }
    return FittedFlag(flag: flag, source: .column(column, type))
  }

  private struct FittedFlag: FittedStep {
    let flag: String
    let source: Expression
    var writes: [String] { [flag] }

    func lower(into scope: inout LoweringScope) throws(Unsupported) {
      try scope.set(flag, .call(.isMissing, [source]))
    }
  }
}
