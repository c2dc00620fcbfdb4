import Expressions
import Kernels
import Tables
import Testing

@testable import Scoring

/// A random graph from raw columns over one-hot runs, fills and scalings to a model, with a table for it.
struct RandomScoring {
  private var random: CounterRandom
  private var builder = GraphBuilder()
  /// The vector that the model reads, and what the model is.
  private(set) var features: VectorPort
  private(set) var model: Model
  private(set) var graph: Graph
  let table: Table

  enum Model {
    case trees(TreeEnsemble)
    case linear([[Double]], [Double])
  }

  init(seed: UInt64, rows: Int) throws {
    random = CounterRandom(seed: seed, stream: 3)
    table = Self.table(rows, &random)
    features = VectorPort(node: 0, width: 0)
    model = .linear([], [])
    graph = Graph(nodes: [], prediction: 0, probabilities: nil, classes: [], flags: [])
    features = vector()
    try addModel()
  }

  private static func table(_ rows: Int, _ random: inout CounterRandom) -> Table {
    func cells(_ make: (inout CounterRandom) -> Cell) -> [Cell] {
      (0..<rows).map { _ in random.next(below: 8) == 0 ? .missing : make(&random) }
    }
    return Table([
      ("x", .from(cells { .float(($0.nextUniform() - 0.5) * 4) }, type: .float)),
      ("n", .from(cells { .int(Int64($0.next(below: 9)) - 2) }, type: .int)),
      ("b", .from(cells { .bool($0.next(below: 2) == 0) }, type: .bool)),
      ("s", .from(cells { .text("w\($0.next(below: 12))") }, type: .text)),
      ("t", .from(cells { .text("w\($0.next(below: 700))") }, type: .text)),
    ])
  }

  private mutating func chance(_ one: Int) -> Bool { random.next(below: one) == 0 }

  private mutating func words(_ count: Int) -> [String] { (0..<count).filter { _ in !chance(5) }.map { "w\($0)" } }

  /// Dense places and one-hot runs side by side, some of them filled or scaled before or after.
  private mutating func vector() -> VectorPort {
    var ports: [Port] = []
    for _ in 0..<1 + random.next(below: 6) {
      switch random.next(below: 6) {
      case 0: ports.append(.column(builder.input("x", .float)))
      case 1: ports.append(.column(chance(2) ? builder.input("n", .int) : builder.input("b", .bool)))
      case 2: ports.append(.column(builder.lookup(builder.input("s", .text), words: words(12))))
      default: ports.append(.vector(changed(oneHot())))
      }
    }
    return changed(builder.concatenate(ports))
  }

  private mutating func oneHot() -> VectorPort {
    let isWide = chance(2)
    let port = builder.input(isWide ? "t" : "s", .text)
    return builder.oneHot(port, words: words(isWide ? 700 : 12), missingPlace: chance(2))
  }

  private mutating func changed(_ port: VectorPort) -> VectorPort {
    switch random.next(below: 5) {
    case 0: return builder.fill(port, (0..<port.width).map { _ in random.nextNormal() })
    case 1:
      let ones = [Double](repeating: 1, count: port.width)
      return builder.affine(port, scale: ones, offset: ones.map { _ in 0 })
    case 2:
      return builder.affine(
        port, scale: (0..<port.width).map { _ in chance(9) ? .nan : random.nextNormal() },
        offset: (0..<port.width).map { _ in random.nextNormal() })
    default: return port
    }
  }

  private mutating func addModel() throws {
    let outputs = 1 + random.next(below: 3)
    let scores: VectorPort
    if chance(3) {
      let filled = builder.fill(features, (0..<features.width).map { _ in random.nextNormal() })
      features = filled
      let weights = (0..<outputs).map { _ in (0..<filled.width).map { _ in random.nextNormal() } }
      let intercepts = (0..<outputs).map { _ in random.nextNormal() }
      model = .linear(weights, intercepts)
      scores = builder.linear(filled, weights: weights, intercepts: intercepts)
    } else {
      let trees = RandomTrees(
        features: features.width, outputs: outputs, trees: 12, depth: 2 + random.next(below: 9), random: &random)
      let ensemble = try trees.ensemble()
      model = .trees(ensemble)
      scores = builder.trees(features, ensemble)
    }
    let answer = builder.element(scores, outputs - 1)
    let classes: [Cell] = (0..<outputs).map { .int(Int64($0)) }
    graph = builder.graph(prediction: answer, probabilities: scores, classes: classes)
  }

  /// What the model means for a row of its features, all as doubles.
  func naive(_ x: [Double]) -> [Double] {
    switch model {
    case .trees(let ensemble): naiveScores(ensemble, x)
    case .linear(let weights, let intercepts):
      zip(weights, intercepts).map { row, start in zip(row, x).reduce(start) { $0 + $1.0 * $1.1 } }
    }
  }
}
