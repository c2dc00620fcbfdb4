import Kernels
import Testing

@testable import Scoring

/// Grows random trees of any shape, with missing routed either way and set tests.
struct RandomTrees {
  var nodes: [TreeEnsemble.Node] = []
  var values: [Double] = []
  var trees: [TreeEnsemble.Tree] = []
  let features: Int
  let outputs: Int
  private let deepest: Int

  init(
    features: Int, outputs: Int, trees count: Int, depth: Int = 9, sets: Bool = true, random: inout CounterRandom
  ) {
    self.features = features
    self.outputs = outputs
    deepest = depth
    for tree in 0..<count {
      trees.append(.init(root: nodes.count, output: tree % outputs))
      grow(depth: 0, sets: sets, &random)
    }
  }

  private mutating func grow(depth: Int, sets: Bool, _ random: inout CounterRandom) {
    let place = nodes.count
    if features == 0 || depth >= deepest || depth > 0 && random.next(below: 4) == 0 {
      nodes.append(.init(test: .leaf, feature: values.count))
      values.append(random.nextNormal())
      return
    }
    let isSet = sets && random.next(below: 5) == 0
    let feature = isSet ? features - 1 : random.next(below: features)
    nodes.append(
      .init(
        test: isSet ? .member(set: random.next(below: 2)) : .atMost(random.nextNormal()), feature: feature,
        missingLeft: random.next(below: 2) == 0))
    nodes[place].left = nodes.count
    grow(depth: depth + 1, sets: sets, &random)
    nodes[place].right = nodes.count
    grow(depth: depth + 1, sets: sets, &random)
  }

  func ensemble() throws -> TreeEnsemble {
    try #require(
      TreeEnsemble(
        features: features, outputs: outputs, nodes: nodes, trees: trees, leafValues: values, sets: [[0b101], [0b010]],
        base: [Double](repeating: 0.125, count: outputs)))
  }
}

/// The plainest reading of what an ensemble means.
func naiveScores(_ ensemble: TreeEnsemble, _ x: [Double]) -> [Double] {
  var out = ensemble.base
  for tree in ensemble.trees {
    var place = tree.root
    while ensemble.nodes[place].test != .leaf {
      let node = ensemble.nodes[place]
      let value = x[node.feature]
      var goesLeft = node.missingLeft
      if !value.isNaN {
        switch node.test {
        case .atMost(let threshold): goesLeft = value <= threshold
        case .member(let set):
          let code = Int(exactly: value) ?? -1
          goesLeft = code >= 0 && code < 64 && ensemble.sets[set][0] >> UInt64(code) & 1 == 1
        case .leaf: break
        }
      }
      place = goesLeft ? node.left : node.right
    }
    out[tree.output ?? 0] += ensemble.leafValues[ensemble.nodes[place].feature]
  }
  return out
}
