import Expressions
import Glibc
import Kernels
import Tables

@testable import Scoring

/// Random graphs that hold an operator between raw columns and an answer: one rule for each, and without a rule no build.
///
/// The columns are those of `JudgedRows`. A graph that is `judged` keeps to what every format that holds the operator answers to
/// 1e-9; one that is not goes to the ends of the types, with missing places where an operator takes them.
struct OperatorSample {
  let kind: OperatorKind
  let graph: Graph

  static let count: UInt64 = 8

  init(_ kind: OperatorKind, seed: UInt64, isJudged: Bool) {
    self.kind = kind
    var maker = SampleMaker(seed: seed, isJudged: isJudged)
    graph = maker.graph(kind)
  }
}

private struct SampleMaker {
  var random: CounterRandom
  let isJudged: Bool
  var b = GraphBuilder()

  init(seed: UInt64, isJudged: Bool) {
    random = CounterRandom(seed: seed, stream: 17)
    self.isJudged = isJudged
    b.step = "sample"
  }

  mutating func graph(_ kind: OperatorKind) -> Graph {
    switch kind {
    case .input: answer(input(of: [.float, .int, .bool, .text, .date, .datetime]))
    case .expression: answer(expression())
    case .lookup: answer(b.lookup(text(), words: words(), unseen: pick([-1, 0.5, -1e300, .nan])))
    case .recode: answer(recoded())
    case .mask: answer(b.mask(text(), masks()))
    case .oneHot: answer(oneHot())
    case .concatenate: answer(concatenated())
    case .fill: answer(b.fill(concatenated(), numbers(5)))
    case .neighbours: answer(neighbours())
    case .chain: answer(chain())
    case .affine: answer(affine())
    case .linear: answer(linear(1 + random.next(below: 3)))
    case .trees: answer(trees())
    case .constant: answer(b.constant(numeric(), numbers(1 + random.next(below: 3))))
    case .link: answer(link())
    case .decide: answer(decide())
    case .element: answer(b.element(concatenated(), random.next(below: 5)))
    }
  }

  // MARK: Answers

  private mutating func answer(_ port: ColumnPort) -> Graph {
    b.graph(
      prediction: port, probabilities: nil, classes: [],
      flags: port.type == .bool ? [Graph.Flag(name: "flag", node: port.node)] : [])
  }

  /// Every place of a vector is part of the answer.
  private mutating func answer(_ port: VectorPort) -> Graph {
    let first = b.element(port, random.next(below: port.width))
    return b.graph(
      prediction: first, probabilities: port, classes: (0..<port.width).map { .int(Int64($0)) })
  }

  // MARK: Parameters

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[random.next(below: values.count)] }

  private mutating func numbers(_ count: Int) -> [Double] {
    let ends = isJudged ? [0, -0.0, 1] : [0, -0.0, 1, 1e300, .leastNonzeroMagnitude, .infinity]
    return (0..<count).map { _ in random.next(below: 3) == 0 ? pick(ends) : random.nextNormal() }
  }

  private mutating func words() -> [String] {
    let known = ["a", "Oslo", "banana", "é", "日本", "w3", "12", "a.b"]
    return known.filter { _ in random.next(below: 3) != 0 } + (random.next(below: 3) == 0 ? ["a"] : ["b"])
  }

  // MARK: Columns and vectors

  private mutating func input(of types: [ColumnType]) -> ColumnPort {
    let names = JudgedRows.table.names.filter { types.contains(JudgedRows.table[$0]?.type ?? .vector) }
    let name = pick(names)
    return b.input(name, JudgedRows.table[name]?.type ?? .float)
  }

  private mutating func text() -> ColumnPort { b.input(pick(["s", "t"]), .text) }

  private mutating func recoded() -> ColumnPort {
    let words = words()
    // Other formats have no empty text.
    let values = words.map { word in pick([nil, word, "x", "日本", isJudged ? "y" : ""]) }
    return b.recode(text(), words: words, values: values, else: text())
  }

  /// The key is there for as long as the tests run.
  private mutating func masks() -> MaskRule {
    setenv("MLP_SAMPLE_KEY", "a key of sixteen bytes or more", 1)
    let place = MaskKey.Place.environment("MLP_SAMPLE_KEY")
    guard let key = try? MaskKey(place) else { return .partial }
    return pick([.partial, .token(key), .hash(key), .encrypt(key)])
  }

  private mutating func oneHot() -> VectorPort {
    b.oneHot(text(), words: words(), missingPlace: random.next(below: 2) == 0)
  }

  /// Five places, some of which may be missing.
  private mutating func concatenated() -> VectorPort {
    let types: [ColumnType] = isJudged ? [.float, .bool, .date, .datetime] : [.float, .int, .bool, .date, .datetime]
    let columns = (0..<3).map { _ in Port.column(input(of: types)) }
    let text = b.oneHot(text(), words: ["a"], missingPlace: true)
    return b.concatenate(random.next(below: 2) == 0 ? columns + [.vector(text)] : [.vector(text)] + columns)
  }

  /// Seven places of a size that sums of them are exact enough to be judged, none of them missing then.
  private mutating func numeric() -> VectorPort {
    guard isJudged else { return b.concatenate([.vector(concatenated()), .vector(concatenated().firstTwo(&b))]) }
    let columns = ["f", "g", "b", "c"].map { Port.column(b.input($0, JudgedRows.table[$0]?.type ?? .float)) }
    let text = b.oneHot(b.input("s", .text), words: ["a", "Oslo"], missingPlace: true)
    return b.fill(b.concatenate(columns + [.vector(text)]), numbers(7))
  }

  /// Of kept rows with and without missing places, fewer or more of them than count.
  private mutating func neighbours() -> VectorPort {
    let x = concatenated()
    let kept = numbers(5 * random.next(below: 9)).map { random.next(below: 4) == 0 ? .nan : $0 }
    return b.neighbours(x, rows: kept, count: 1 + random.next(below: 4), otherwise: numbers(4) + [.nan])
  }

  private mutating func chain() -> VectorPort {
    // Seven places, of which two columns may be missing.
    let x = isJudged ? b.concatenate([.vector(numeric().firstTwo(&b)), .column(b.input("f", .float))]) : numeric()
    let steps = (0..<random.next(below: 12)).map { _ in
      ChainOperator.Step(
        place: random.next(below: x.width), weights: numbers(x.width).map { $0 / 4 }, intercept: random.nextNormal())
    }
    return b.chain(x, start: numbers(x.width), steps: steps)
  }

  private mutating func affine() -> VectorPort {
    let x = numeric()
    return b.affine(x, scale: numbers(7), offset: numbers(7))
  }

  private mutating func linear(_ scores: Int) -> VectorPort {
    let x = random.next(below: 2) == 0 ? numeric() : affine()
    return b.linear(x, weights: (0..<scores).map { _ in numbers(7) }, intercepts: numbers(scores))
  }

  // MARK: Operators with more to choose

  private mutating func expression() -> ColumnPort {
    let (x, n, s) = (b.input("f", .float), b.input("k", .int), b.input("s", .text))
    let float = Expression.column("f", .float)
    let int = Expression.column("k", .int)
    let word = Expression.column("s", .text)
    let forms: [Expression] = [
      .call(.add, [.call(.multiply, [float, int]), .literal(.float(0.5))]), .call(.max, [float, int]),
      .call(.less, [float, int]), .call(.isMissing, [word]), .call(.concat, [word, word]),
      .call(.ifElse, [.call(.greater, [float, .literal(.float(0))]), int, .missing(.int)]),
      .call(.divide, [int, float]),
    ]
    return b.expression(pick(forms), ["f": x, "k": n, "s": s]) ?? x
  }

  private mutating func trees() -> VectorPort {
    let seed = random.next(below: 24)
    let outputs = seed % 3 == 0 ? 1 : 3
    let code = b.lookup(text(), words: (0..<150).map { "w\($0)" } + words())
    let vector = b.concatenate([
      .column(b.input("x", .float)), .column(b.input("f", .float)), .column(b.input("k", .int)), .column(code),
    ])
    guard let ensemble = RandomTrees.ensemble(UInt64(seed), outputs: outputs) else { return vector }
    return b.trees(vector, ensemble)
  }

  private mutating func link() -> VectorPort {
    let link = pick(Link.allCases)
    // One-hot places as scores, too.
    if !isJudged, link != .sigmoid, random.next(below: 2) == 0 { return b.link(oneHot(), link) }
    return b.link(linear(link == .sigmoid ? 1 : 3), link)
  }

  private mutating func decide() -> ColumnPort {
    let classes: [Cell] = pick([
      [.text("low"), .text("high")], [.bool(false), .bool(true)], [.int(.min), .int(.max), .int(0)],
      [.date(0), .date(7), .date(-7)], [.float(0.5), .float(-0.5)], [.datetime(0), .datetime(1)],
      [.text(""), .text("é"), .text("x")],
    ])
    let chances = classes.count == 2 ? b.link(linear(1), .sigmoid) : b.link(linear(3), .softmax)
    return b.decide(chances, classes: classes, threshold: classes.count == 2 ? pick([nil, 0.4, 0.5]) : nil)
  }
}

extension VectorPort {
  /// Its first two places, side by side.
  fileprivate func firstTwo(_ b: inout GraphBuilder) -> VectorPort {
    b.concatenate([.column(b.element(self, 0)), .column(b.element(self, 1))])
  }
}
