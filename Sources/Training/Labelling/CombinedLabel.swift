import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Makes a label of what labelling functions say: the class that their votes give the largest score. Missing where none says anything, or
/// where two classes have the same score.
public struct CombinedLabel: FeatureStep {
  public let name: String
  public let functions: [Expression]
  public let words: String
  private let classes: [Cell]
  private let scores: [[Double]]
  private let offsets: [Double]
  private let otherwise: Cell?

  /// Not settled yet: what is known of it before any row is read.
  public init(_ name: String, of functions: [Expression], words: String) {
    self.init(name, of: functions, words: words, classes: [], scores: [], offsets: [], otherwise: nil)
  }

  /// `otherwise` is the label of rows that would have none.
  public init(
    _ name: String, of functions: [Expression], words: String, classes: [Cell], choice: LabelChoice, otherwise: Cell?
  ) {
    self.init(
      name, of: functions, words: words, classes: classes, scores: choice.scores, offsets: choice.offsets,
      otherwise: otherwise)
  }

  private init(
    _ name: String, of functions: [Expression], words: String, classes: [Cell], scores: [[Double]], offsets: [Double],
    otherwise: Cell?
  ) {
    self.name = name
    self.functions = functions
    self.words = words
    self.classes = classes
    self.scores = scores
    self.offsets = offsets
    self.otherwise = otherwise
  }

  public var key: StepKey {
    let numbers = (scores.joined() + offsets).map { String($0.bitPattern, radix: 16) }
    return StepKey(
      "combine",
      [name] + functions.map(\.display) + classes.map(\.typedText) + numbers
        + (otherwise.map { [$0.typedText] } ?? []))
  }
  public var isFitted: Bool { false }
  public var reads: [String] {
    functions.reduce(into: []) { names, function in names += function.columns.filter { !names.contains($0) } }
  }
  public var writes: [String] { [name] }
  private var type: ColumnType { functions.first?.type ?? .text }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    for column in reads where schema[column] == .absent {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    var next = schema
    let isFitted = functions.contains(where: \.isFitted)
    next.set(name, schema.facts(reading: reads, type: type, fittedBy: isFitted ? words : nil))
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    FittedCombination(
      name: name, functions: functions, type: type, classes: classes, scores: scores, offsets: offsets,
      otherwise: otherwise)
  }
}

private struct FittedCombination: FittedStep {
  let name: String
  let functions: [Expression]
  let type: ColumnType
  let classes: [Cell]
  let scores: [[Double]]
  let offsets: [Double]
  let otherwise: Cell?

  var writes: [String] { [name] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    guard !classes.isEmpty else { return try scope.set(name, otherwise.map(Expression.literal) ?? .missing(type)) }
    let votes = try votes(&scope)
    let count = classes.count
    let scores = scope.builder.linear(votes, weights: self.scores, intercepts: offsets)
    let said = scope.builder.linear(votes, weights: [[Double](repeating: 1, count: votes.width)], intercepts: [0])
    let decided = scope.builder.decide(scores, classes: classes, threshold: nil)
    var ports = ["said": scope.builder.element(said, 0), "decided": decided]
    for place in 0..<count { ports["score \(place)"] = scope.builder.element(scores, place) }
    let isClear = Expression.call(
      .and, [.call(.greater, [.column("said", .float), .literal(.float(0))]), isAlone(&ports, &scope)])
    let last = otherwise.map(Expression.literal) ?? .missing(type)
    let label = Expression.call(.ifElse, [isClear, .column("decided", type), last])
    guard let port = scope.builder.expression(label, ports) else {
      throw Unsupported(step: scope.builder.step, .unwired)
    }
    scope.set(name, .column(port))
  }

  /// What each function says as ones and zeros, function after function.
  private func votes(_ scope: inout LoweringScope) throws(Unsupported) -> VectorPort {
    let words = classes.map(\.description)
    var parts: [Port] = []
    for function in functions {
      let columns = try scope.columns(function.columns)
      let text = function.type == .text ? function : .call(.text, [function])
      guard let said = scope.builder.expression(text, columns) else {
        throw Unsupported(step: scope.builder.step, .unwired)
      }
      parts.append(.vector(scope.builder.oneHot(said, words: words, missingPlace: false)))
    }
    return scope.builder.concatenate(parts)
  }

  /// Whether one class alone has the largest score.
  private func isAlone(_ ports: inout [String: ColumnPort], _ scope: inout LoweringScope) -> Expression {
    let scores = (0..<classes.count).map { Expression.column("score \($0)", .float) }
    guard scores.count > 1 else { return .literal(.bool(true)) }
    let best = scores.dropFirst().reduce(scores[0]) { .call(.max, [$0, $1]) }
    ports["best"] = scope.builder.expression(best, ports)
    let top = scores.map { score in
      Expression.call(
        .ifElse,
        [.call(.greaterOrEqual, [score, .column("best", .float)]), .literal(.float(1)), .literal(.float(0))])
    }
    let count = top.dropFirst().reduce(top[0]) { .call(.add, [$0, $1]) }
    return .call(.less, [count, .literal(.float(1.5))])
  }
}
