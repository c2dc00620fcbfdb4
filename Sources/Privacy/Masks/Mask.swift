import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Puts a mask on the cells of one column, row by row: it travels inside the model, which takes the raw column and masks it itself.
public struct Mask: FeatureStep {
  public let column: String
  public let method: MaskMethod

  public init(_ column: String, _ method: MaskMethod) {
    self.column = column
    self.method = method
  }

  private var option: String { method.keyPlace.map { ", key: \"\($0.text)\"" } ?? "" }
  public var words: String { "mask \(column) = \(method.word)\(option)" }
  public var told: StepWords { .act(verb: "mask", column: column, method: method.word + option) }
  public var key: StepKey { StepKey(StepKey.maskKind, [column, method.word, method.keyPlace?.text ?? ""]) }
  public var isFitted: Bool { method == .bin }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    try apply(to: &next)
    return next
  }

  public func apply(to schema: inout RelationSchema) throws(EngineError) {
    guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
    var type: ColumnType?
    if let given = schema.facts(of: column)?.type { type = try result(given) }
    var facts = schema.facts(reading: [column], type: type)
    facts.sensitivity = facts.sensitivity.masked(by: method.word, hidesAll: method == .redact)
    if isFitted { facts.fittedBy = words }
    schema.set(column, facts)
  }

  private func result(_ type: ColumnType) throws(EngineError) -> ColumnType {
    if let result = method.result(type) { return result }
    throw EngineError(.privacy(.wrongType(column, type, mask: method.word)))
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let type = table[column]?.type else { throw EngineError(.column(.unknown(column))) }
    _ = try result(type)
    return FittedMask(column: column, made: try made(type, table, progress))
  }

  private func made(_ type: ColumnType, _ table: Table, _ progress: Progress) throws(EngineError) -> FittedMask.Made {
    let value = Expression.column(column, type)
    switch method {
    case .redact: return .expression(.literal(.text("***")))
    case .partial: return .rule(.partial, type)
    case .token(let place): return .rule(.token(try key(place)), type)
    case .hash(let place): return .rule(.hash(try key(place)), type)
    case .encrypt(let place): return .rule(.encrypt(try key(place)), type)
    case .generalise(let width):
      return .expression(
        type == .text
          ? .beginning(of: value, Int(exactly: width) ?? .max)
          : NumberSteps(width: width, first: nil, last: nil).expression(of: value))
    case .period(let unit): return .expression(.call(.dateTrunc, [.literal(.text(unit)), value]))
    case .bin:
      return .expression(try NumberSteps.fitting(value, on: table, progress)?.expression(of: value) ?? .missing(type))
    }
  }

  private func key(_ place: MaskKey.Place) throws(EngineError) -> MaskKey {
    do throws(MaskKeyProblem) { return try MaskKey(place) } catch { throw EngineError(.privacy(.key(error))) }
  }
}

private struct FittedMask: FittedStep {
  enum Made: Sendable {
    case expression(Expression)
    /// Of texts; cells of another type are taken as they are written.
    case rule(MaskRule, ColumnType)
  }

  let column: String
  let made: Made

  var writes: [String] { [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let before = try scope.port(column)
    switch made {
    case .expression(let expression): try scope.set(column, expression)
    case .rule(let rule, let type):
      if type != .text { try scope.set(column, .call(.text, [.column(column, type)])) }
      scope.set(column, .column(scope.builder.mask(try scope.column(column), rule)))
    }
    scope.markMask(of: column, before, made: try scope.column(column))
  }
}
