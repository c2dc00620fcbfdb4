import Kernels
import Scoring

/// A tree, or part of one, as it grows: children come after their parents.
struct GrownTree: Sendable {
  enum Test: Sendable {
    /// The place of the feature and its threshold.
    case atMost(Int, Double)
    /// The place of the feature and the categories that go left.
    case categories(Int, [Int32])
  }
  enum Node: Sendable {
    case open
    /// Where its classes or its number are in `shares`.
    case leaf(Range<Int>)
    case split(Test, missingLeft: Bool, left: Int, right: Int)
    /// The root of another part.
    case below(Int)
  }

  var nodes: [Node] = []
  /// The classes that occur in each leaf with their shares; of numbers the mean, for class 0.
  private(set) var shares: [(label: Int32, share: Double)] = []

  /// Adds a node that is to be split or closed; its index.
  mutating func add() -> Int {
    nodes.append(.open)
    return nodes.count - 1
  }

  /// Makes a leaf.
  mutating func close(_ node: Int, _ summary: NodeSummary) {
    let start = shares.count
    let rows = Double(summary.rows)
    shares += summary.present.map { ($0, Double(summary.totals[Int($0)]) / rows) }
    if summary.present.isEmpty { shares.append((0, summary.sum / rows)) }
    nodes[node] = .leaf(start..<shares.count)
  }
}

/// Joins the parts of a grown tree to what a scoring graph holds, in an order that does not depend on the parts.
struct TreeAssembly {
  private struct Open {
    let part: Int
    let node: Int
    let place: Int
  }

  private let parts: [GrownTree]
  private let outputs: Int
  private var nodes = [TreeEnsemble.Node(test: .leaf, feature: 0)]
  private var leafValues: [Double] = []
  private var sets: [[UInt64]] = []

  init(_ top: GrownTree, _ below: [GrownTree], outputs: Int) {
    parts = [top] + below
    self.outputs = outputs
  }

  /// `value` makes what a leaf holds of a share or mean. nil for a tree that a scoring graph cannot hold. O(nodes + leaf values).
  mutating func ensemble(features: Int, _ value: (Double) -> Double) -> TreeEnsemble? {
    var open = [Open(part: 0, node: 0, place: 0)]
    while let next = open.popLast() {
      switch parts[next.part].nodes[next.node] {
      case .open: return nil
      case .below(let part): open.append(Open(part: part + 1, node: 0, place: next.place))
      case .leaf(let range):
        nodes[next.place].feature = leafValues.count
        leafValues.append(contentsOf: repeatElement(0, count: outputs))
        for (label, share) in parts[next.part].shares[range] {
          leafValues[nodes[next.place].feature + Int(label)] = value(share)
        }
      case .split(let test, let missingLeft, let left, let right):
        let place = nodes.count
        nodes += [TreeEnsemble.Node(test: .leaf, feature: 0), TreeEnsemble.Node(test: .leaf, feature: 0)]
        nodes[next.place] = node(test, missingLeft, place)
        open.append(Open(part: next.part, node: right, place: place + 1))
        open.append(Open(part: next.part, node: left, place: place))
      }
    }
    return TreeEnsemble(
      features: features, outputs: outputs, nodes: nodes, trees: [.init(root: 0, output: nil)],
      leafValues: leafValues, sets: sets, base: [Double](repeating: 0, count: outputs))
  }

  /// A node with its children at `left` and behind.
  private mutating func node(_ test: GrownTree.Test, _ missingLeft: Bool, _ left: Int) -> TreeEnsemble.Node {
    switch test {
    case .atMost(let feature, let threshold):
      return TreeEnsemble.Node(
        test: .atMost(threshold), feature: feature, left: left, right: left + 1, missingLeft: missingLeft)
    case .categories(let feature, let codes):
      var set = [UInt64](repeating: 0, count: (Int(codes.max() ?? 0) + 64) / 64)
      for code in codes { set[Int(code) / 64] |= 1 << UInt64(code % 64) }
      sets.append(set)
      return TreeEnsemble.Node(
        test: .member(set: sets.count - 1), feature: feature, left: left, right: left + 1, missingLeft: missingLeft)
    }
  }
}
