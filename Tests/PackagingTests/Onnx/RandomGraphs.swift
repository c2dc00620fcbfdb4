import Expressions
import Kernels
import Scoring
import Tables

/// Random expressions of functions whose results are exact, so that a tree behind them sees the same side of a threshold.
enum RandomGraphs {
  static let cases: [OnnxCase] = (0..<40).compactMap { seed in
    graph(seed).map { OnnxCase(name: "random \(seed)", graph: $0, table: JudgedRows.table) }
  }

  private static func graph(_ seed: UInt64) -> Graph? {
    var random = CounterRandom(seed: seed, stream: 8)
    var b = GraphBuilder()
    b.step = "derive"
    let ports = Dictionary(
      JudgedRows.table.names.map { ($0, b.input($0, JudgedRows.table[$0]?.type ?? .float)) },
      uniquingKeysWith: { first, _ in first })
    var places: [Port] = []
    for type in [ColumnType.float, .int, .bool, .text, .date] {
      let made = expression(type, depth: 4, &random)
      guard let port = b.expression(made, ports) else { return nil }
      places.append(type == .text ? .vector(b.oneHot(port, words: ["a", "Oslo"], missingPlace: true)) : .column(port))
    }
    let vector = b.concatenate(places + [.column(b.lookup(b.input("s", .text), words: ["Oslo", "a"]))])
    guard vector.width == 8 else { return nil }
    let sums = b.linear(
      b.fill(vector, [Double](repeating: 1, count: 8)), weights: [[1e-3, 1e-6, 1, -1, 0.5, 0.25, 1e-5, 2]],
      intercepts: [0.125])
    let answer = b.element(sums, 0)
    return b.graph(prediction: answer, probabilities: nil, classes: [])
  }

  private static func expression(_ type: ColumnType, depth: Int, _ random: inout CounterRandom) -> Expression {
    guard depth > 0 else { return leaf(type, &random) }
    func make(_ type: ColumnType) -> Expression { expression(type, depth: depth - 1, &random) }
    let kinds: [ColumnType] = [.float, .int, .date, .bool]
    let kind = kinds[random.next(below: kinds.count)]
    let choice = random.next(below: 5)
    if choice == 0 { return .call(.ifElse, [make(.bool), make(type), make(type)]) }
    if choice == 1 { return .call(.coalesce, [make(type), make(type)]) }
    switch type {
    case .float:
      return .call(choice == 2 ? .negate : .max, choice == 2 ? [make(.float)] : [make(.float), make(.float)])
    case .int: return .call(choice == 2 ? .month : .min, choice == 2 ? [make(.date)] : [make(.int), make(.int)])
    case .bool:
      let tests: [Function] = [.less, .equal, .greaterOrEqual, .notEqual]
      let joins: [Function] = [.and, .or]
      if choice == 2 { return .call(tests[random.next(below: 4)], [make(kind), make(kind)]) }
      if choice == 3 { return .call(joins[random.next(below: 2)], [make(.bool), make(.bool)]) }
      return .call(.isMissing, [make(.text)])
    case .text: return .call(.concat, [make(.text), leaf(.text, &random)])
    default: return .call(.clamp, [make(.date), make(.date), make(.date)])
    }
  }

  private static func leaf(_ type: ColumnType, _ random: inout CounterRandom) -> Expression {
    if random.next(below: 8) == 0 { return .missing(type) }
    let names = JudgedRows.table.names.filter { JudgedRows.table[$0]?.type == type && $0 != "x" && $0 != "y" }
    return JudgedRows.column(names[random.next(below: names.count)])
  }
}
