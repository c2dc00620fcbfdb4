import Glibc
import Kernels
import Learners
import Plan
import Scoring
import Tables
import Testing

/// A plain evaluator of the operators that learners lower to, a row at a time: what the tests hold the lowerings against.
struct ReferenceScorer {
  let graph: GraphBuilder
  let output: VectorPort

  init(_ fitted: any FittedEstimator, features: Int) throws {
    var builder = GraphBuilder()
    let columns = (0..<features).map { Port.column(builder.input("x\($0)", .float)) }
    output = try fitted.lower(builder.concatenate(columns), into: &builder)
    graph = builder
  }

  func score(_ row: [Double]) throws -> [Double] {
    var values: [[Double]] = []
    for node in graph.nodes {
      let input = node.inputs.first.map { values[$0] } ?? []
      switch node.op {
      case .input: values.append([])
      case .concatenate: values.append(row)
      case .constant(let op): values.append(op.values)
      case .linear(let op):
        values.append(zip(op.weights, op.intercepts).map { zip($0, input).reduce($1) { $0 + $1.0 * $1.1 } })
      case .trees(let op): values.append(Self.score(op.ensemble, input))
      case .link(let op): values.append(Self.apply(op.link, input))
      default: Issue.record("no learner lowers to \(node.op)")
      }
    }
    return values[output.node]
  }

  func score(_ design: DesignMatrix) throws -> [[Double]] {
    try design.vectors.map { try score($0) }
  }

  private static func score(_ ensemble: TreeEnsemble, _ row: [Double]) -> [Double] {
    var outputs = ensemble.base
    for tree in ensemble.trees {
      var place = tree.root
      while ensemble.nodes[place].test != .leaf {
        let node = ensemble.nodes[place]
        place = goesLeft(node, row[node.feature], ensemble.sets) ? node.left : node.right
      }
      let first = ensemble.nodes[place].feature
      if let output = tree.output {
        outputs[output] += ensemble.leafValues[first]
      } else {
        for output in outputs.indices { outputs[output] += ensemble.leafValues[first + output] }
      }
    }
    return outputs
  }

  private static func goesLeft(_ node: TreeEnsemble.Node, _ value: Double, _ sets: [[UInt64]]) -> Bool {
    if value.isNaN { return node.missingLeft }
    switch node.test {
    case .leaf: return false
    case .atMost(let threshold): return value <= threshold
    case .member(let set):
      guard let code = Int(exactly: value), code >= 0, code / 64 < sets[set].count else { return false }
      return sets[set][code / 64] >> UInt64(code % 64) & 1 == 1
    }
  }

  private static func apply(_ link: Link, _ scores: [Double]) -> [Double] {
    switch link {
    case .identity: return scores
    case .sigmoid:
      let chance = 1 / (1 + exp(-(scores.first ?? 0)))
      return [1 - chance, chance]
    case .softmax:
      let largest = scores.max() ?? 0
      let sizes = scores.map { exp($0 - largest) }
      return sizes.map { $0 / sizes.reduce(0, +) }
    case .exponential: return scores.map(exp)
    }
  }
}
