import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Turns one column of categories into numbers. Categories are those of the rows it is fitted on, in the order of their code points.
public struct Encode: FeatureStep {
  public enum Method: String, Sendable, CaseIterable {
    /// One vector with a place per category; an unseen category is all zeros, and missing has a place if it was seen.
    case onehot
    /// The place of the category as a number; an unseen category is missing, as a missing cell is.
    case ordinal
  }

  public let column: String
  public let method: Method
  /// The categories in an order given; nil takes those of the rows.
  public let order: [String]?

  public init(_ column: String, _ method: Method, order: [String]? = nil) {
    self.column = column
    self.method = method
    self.order = order
  }

  public var words: String { "encode \(column) = \(method.rawValue)" }
  public var told: StepWords {
    order == nil ? .act(verb: "encode", column: column, method: method.rawValue) : .written(words)
  }
  public var key: StepKey { StepKey("encode", [column, method.rawValue] + (order ?? [])) }
  public var isFitted: Bool { order == nil || method == .onehot }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    if schema.facts(of: column)?.type == .vector {
      throw EngineError(.column(.encoded(column)))
    }
    var next = schema
    let type: ColumnType = method == .onehot ? .vector : .float
    next.set(column, schema.facts(reading: [column], type: type, fittedBy: isFitted ? words : nil))
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let statistics = table.statistics(of: column) else { throw EngineError(.column(.unknown(column))) }
    let cells = statistics.column
    guard cells.type != .vector else { throw EngineError(.column(.encoded(column))) }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if method == .onehot {
      // Asked before the categories are made texts, and long before rows are coded.
      let places = (order?.count ?? statistics.codes.count) + (cells.missingCount > 0 ? 1 : 0)
      guard places <= Graph.maximumWidth else {
        throw EngineError(.fitting(.tooManyPlaces(places, most: Graph.maximumWidth, [.fewerCategories])))
      }
    }
    return FittedEncode(
      column: column, type: cells.type, words: order ?? statistics.categories,
      method: method, sawMissing: cells.missingCount > 0)
  }
}

private struct FittedEncode: FittedStep {
  let column: String
  let type: ColumnType
  let words: [String]
  let method: Encode.Method
  let sawMissing: Bool

  var remark: StageRemark? { .categories(words.count) }
  var writes: [String] { [column] }

  func places(of column: String) -> [String] {
    method == .onehot ? words + (sawMissing ? ["missing"] : []) : []
  }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let text = try scope.text(of: column)
    try scope.flagUnseen(column, words: words)
    switch method {
    case .onehot:
      scope.set(column, .vector(scope.builder.oneHot(text, words: words, missingPlace: sawMissing)))
    case .ordinal:
      let place = scope.builder.lookup(text, words: words)
      let seen = Expression.call(.greaterOrEqual, [.column("place", .float), .literal(.float(0))])
      let result = Expression.call(.ifElse, [seen, .column("place", .float), .missing(.float)])
      guard let port = scope.builder.expression(result, ["place": place]) else { return }
      scope.set(column, .column(port))
    }
  }
}

extension LoweringScope {
  /// The port of a column's categories as text.
  mutating func text(of column: String) throws(Unsupported) -> ColumnPort {
    let port = try self.column(column)
    if port.type == .text { return port }
    let text = Expression.call(.text, [.column(column, port.type)])
    guard let converted = builder.expression(text, [column: port]) else {
      throw Unsupported(step: builder.step, .noText(column))
    }
    return converted
  }

  /// Flags the scored rows whose category is none of `words`; a missing one is not unseen.
  ///
  /// The test is of the category's place, so that it is as small for many words as for few; a later lookup of the same words is
  /// the same node.
  mutating func flagUnseen(_ column: String, words: [String]) throws(Unsupported) {
    let port = try self.column(column)
    guard port.type == .text, !words.isEmpty else { return }
    let place = builder.lookup(port, words: words)
    let isUnseen = Expression.call(.less, [.column("place", .float), .literal(.float(0))])
    let unseen = Expression.call(.coalesce, [isUnseen, .literal(.bool(false))])
    guard let flagged = builder.expression(unseen, ["place": place]) else { return }
    flag("unseen \(column)", flagged)
  }
}

extension ColumnStatistics {
  /// The distinct values as text, in the order of their code points; numbers in their own order.
  fileprivate var categories: [String] {
    let codes = codes
    return (0..<codes.count).map { codes.values[$0].description }
  }
}
