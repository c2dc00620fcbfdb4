import Kernels
import Scoring
import Tables

/// Random ensembles with thresholds, category sets, missing values and both kinds of leaves.
enum RandomTrees {
  static let graphs: [Graph] = (0..<24).compactMap { graph(seed: $0) }

  private static let words = (0..<150).map { "w\($0)" } + ["a", "b", "banana", "Oslo", "a.b", "12", "日本"]

  static func graph(seed: UInt64) -> Graph? {
    var b = GraphBuilder()
    let code = b.lookup(b.input("s", .text), words: words, unseen: seed % 2 == 0 ? -1 : .nan)
    let vector = b.concatenate([
      .column(b.input("x", .float)), .column(b.input("f", .float)), .column(b.input("k", .int)), .column(code),
    ])
    let outputs = seed % 3 == 0 ? 1 : 3
    guard let ensemble = ensemble(seed, outputs: outputs) else { return nil }
    let sums = b.trees(vector, ensemble)
    if outputs == 1 {
      let answer = b.element(sums, 0)
      return b.graph(prediction: answer, probabilities: nil, classes: [])
    }
    let chances = b.link(sums, .softmax)
    let classes: [Cell] = [.text("one"), .text("two"), .text("three")]
    let answer = b.decide(chances, classes: classes, threshold: nil)
    return b.graph(prediction: answer, probabilities: chances, classes: classes)
  }

  static func ensemble(_ seed: UInt64, outputs: Int) -> TreeEnsemble? {
    var grower = Grower(random: CounterRandom(seed: seed, stream: 5), outputs: outputs, hasVectors: seed % 4 == 1)
    var trees: [TreeEnsemble.Tree] = []
    let count = seed == 23 ? 0 : 1 + Int(seed % 7)
    for tree in 0..<count {
      // The last trees of some are a leaf alone.
      let root = grower.grow(depth: seed % 5 == 2 && tree > 1 ? 0 : 5)
      trees.append(.init(root: root, output: grower.hasVectors ? nil : tree % outputs))
    }
    return TreeEnsemble(
      features: 4, outputs: outputs, nodes: grower.nodes, trees: trees, leafValues: grower.values, sets: grower.sets,
      base: (0..<outputs).map { Double($0) * 0.125 - 0.1 })
  }

  private struct Grower {
    var random: CounterRandom
    let outputs: Int
    let hasVectors: Bool
    var nodes: [TreeEnsemble.Node] = []
    var values: [Double] = []
    var sets: [[UInt64]] = []

    /// The place of a subtree's root, which comes before its children.
    mutating func grow(depth: Int) -> Int {
      let place = nodes.count
      if depth == 0 || random.next(below: 6) == 0 && place > 0 {
        nodes.append(.init(test: .leaf, feature: values.count))
        for _ in 0..<(hasVectors ? outputs : 1) { values.append(random.nextNormal()) }
        return place
      }
      nodes.append(.init(test: .leaf, feature: 0))
      let feature = random.next(below: 4)
      let test: TreeEnsemble.Node.Test = feature == 3 ? category() : .atMost(threshold(feature))
      let missingLeft = random.next(below: 2) == 0
      let left = grow(depth: depth - 1)
      let right = grow(depth: depth - 1)
      nodes[place] = .init(test: test, feature: feature, left: left, right: right, missingLeft: missingLeft)
      return place
    }

    /// Some thresholds are values that occur, for which at most and below differ.
    private mutating func threshold(_ feature: Int) -> Double {
      switch feature {
      case 0: (JudgedRows.floats[random.next(below: JudgedRows.floats.count)] ?? 0) as Double
      case 1: (random.nextUniform() - 0.5) * 6
      default: Double(random.next(below: 14)) - 1
      }
    }

    private mutating func category() -> TreeEnsemble.Node.Test {
      // Some send no category to the left, but missing alone.
      let isEmpty = random.next(below: 6) == 0
      sets.append((0..<3).map { _ in isEmpty ? 0 : random.next() & random.next() })
      return .member(set: sets.count - 1)
    }
  }
}
