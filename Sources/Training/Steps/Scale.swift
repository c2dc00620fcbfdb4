import Expressions
import Kernels
import Learners
import Plan
import Scoring
import Tables

/// Shifts and scales one number column by statistics of the rows it is fitted on.
public struct Scale: FeatureStep {
  public enum Method: String, Sendable, CaseIterable {
    /// (x − mean) / sd, with the sd of the whole (n, not n − 1), as scikit-learn's StandardScaler.
    case standard
    /// (x − min) / (max − min)
    case minmax
    /// (x − median) / (third quartile − first quartile)
    case robust
  }

  public let column: String
  public let method: Method

  public init(_ column: String, _ method: Method) {
    self.column = column
    self.method = method
  }

  public var words: String { "scale \(column) = \(method.rawValue)" }
  public var key: StepKey { StepKey("scale", [column, method.rawValue]) }
  public var isFitted: Bool { true }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else {
      throw EngineError(.unknownColumn, column, "no column '\(column)' in \(schema.name)")
    }
    if case .known(let facts) = schema[column], let type = facts.type { try requireNumber(type) }
    var next = schema
    next.set(column, schema.facts(reading: [column], type: .float, fittedBy: words))
    return next
  }

  private func requireNumber(_ type: ColumnType) throws(EngineError) {
    guard type.isNumeric else {
      throw EngineError(.wrongType, column, "'\(column)' is \(type); only numbers can be scaled")
    }
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let type = table[column]?.type else { throw EngineError(.unknownColumn, column, "no column '\(column)'") }
    try requireNumber(type)
    let source = Expression.column(column, type)
    func statistic(_ aggregate: Aggregate, _ more: [Expression] = []) throws(EngineError) -> Double? {
      let expression = Expression.aggregate(aggregate, [source] + more)
      let fitted = try expression.settled(on: table, progress)
      if case .literal(let cell) = fitted { return cell.number }
      return nil
    }
    let centre: Double?
    let spread: Double?
    switch method {
    case .standard:
      centre = try statistic(.mean)
      let count = Double((table[column]?.count ?? 0) - (table[column]?.missingCount ?? 0))
      spread = try statistic(.sd).map { $0 * ((count - 1) / count).squareRoot() }
    case .minmax:
      centre = try statistic(.min)
      let top = try statistic(.max)
      spread = top.flatMap { top in centre.map { top - $0 } }
    case .robust:
      centre = try statistic(.median)
      let first = try statistic(.quantile, [.literal(.float(0.25))])
      let third = try statistic(.quantile, [.literal(.float(0.75))])
      spread = third.flatMap { third in first.map { third - $0 } }
    }
    // A constant column has no spread: it is only shifted.
    let divisor = spread.flatMap { $0 > 0 && $0.isFinite ? $0 : nil } ?? 1
    return FittedScale(column: column, type: type, centre: centre ?? 0, divisor: divisor)
  }
}

private struct FittedScale: FittedStep {
  let column: String
  let type: ColumnType
  let centre: Double
  let divisor: Double

  var note: String? { "(x - \(centre)) / \(divisor)" }
  var writes: [String] { [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let shifted = Expression.call(.subtract, [.column(column, type), .literal(.float(centre))])
    try scope.set(column, .call(.divide, [shifted, .literal(.float(divisor))]))
  }
}
