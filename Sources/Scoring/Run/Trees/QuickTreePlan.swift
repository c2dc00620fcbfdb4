/// The nodes of an ensemble as tests with the leaves that each clears.
struct QuickTreePlan {
  enum Key: Hashable {
    case rank(offset: Int, isMissingHigh: Bool)
    case equal(part: Int)
    case member(offset: Int, set: Int, isMissingRight: Bool)
  }

  struct Test {
    let tree: Int
    let key: Key
    /// The threshold, or the place of the one-hot run; 0 for a set.
    let value: Double
    /// Whether it passes at or below the threshold.
    let isLess: Bool
    /// The leaves that a row loses when it passes, of the tree.
    let lost: Range<Int>

    /// A bit for each of them; a shift by 64 leaves none.
    var clear: UInt64 { (UInt64.max << UInt64(lost.lowerBound)) & ~(UInt64.max << UInt64(lost.upperBound)) }
  }

  static let mostLeaves = 64

  private(set) var tests: [Test] = []
  private(set) var trees: [QuickTrees.Tree] = []
  /// Of each tree's leaves in their order the place in the ensemble's values.
  private(set) var leaves: [Int] = []
  private let branches: TreeBranches
  /// Of each dense place the middle one of its thresholds.
  private let medians: [Int: Double]
  var layout: VectorLayout { branches.layout }

  init?(_ branches: TreeBranches) {
    self.branches = branches
    let ensemble = branches.ensemble
    medians = Self.medians(branches)
    var planes = 0
    for (place, tree) in ensemble.trees.enumerated() {
      let first = leaves.count
      guard grow(place, tree.root, from: first, depth: 0), leaves.count < Int(Int32.max) else { return nil }
      let count = (leaves.count - first + 7) / 8
      trees.append(
        .init(
          firstPlane: Int32(planes), planes: Int32(count), firstLeaf: Int32(first), output: Int32(tree.output ?? 0)))
      planes += count
    }
  }

  /// A test should be one that few rows pass. Where the values lie is not known, but thresholds lie among them.
  private static func medians(_ branches: TreeBranches) -> [Int: Double] {
    var thresholds: [Int: [Double]] = [:]
    for node in branches.ensemble.nodes {
      guard case .atMost(let threshold) = node.test, case .dense(let place) = branches.layout.spot(node.feature) else {
        continue
      }
      thresholds[place, default: []].append(threshold)
    }
    return thresholds.mapValues { $0.sorted()[$0.count / 2] }
  }

  /// Adds the leaves under a node in an order in which those come first that a row loses by passing the test, and the tests; false
  /// for too many.
  private mutating func grow(_ tree: Int, _ node: Int, from first: Int, depth: Int) -> Bool {
    // No tree of so few leaves is deeper; one from outside may be.
    guard depth < Self.mostLeaves else { return false }
    var (test, lost, kept): ((key: Key, value: Double), Int, Int)
    var isLess = false
    switch branches.branch(from: node) {
    case .leaf(let value):
      leaves.append(value)
      return leaves.count - first <= Self.mostLeaves
    case .dense(let node, let offset):
      (test, lost, kept) = (key(node, offset), node.left, node.right)
      if case .atMost(let threshold) = node.test, let median = medians[offset] { isLess = threshold < median }
      if isLess { swap(&lost, &kept) }
    case .coded(let part, let place, let off, let on):
      (test, lost, kept) = ((.equal(part: part), Double(place)), off, on)
    }
    let start = leaves.count
    guard grow(tree, lost, from: first, depth: depth + 1) else { return false }
    tests.append(
      Test(tree: tree, key: test.key, value: test.value, isLess: isLess, lost: start - first..<leaves.count - first))
    return grow(tree, kept, from: first, depth: depth + 1)
  }

  private func key(_ node: TreeEnsemble.Node, _ offset: Int) -> (key: Key, value: Double) {
    switch node.test {
    case .member(let set): (.member(offset: offset, set: set, isMissingRight: !node.missingLeft), 0)
    case .atMost(let threshold): (.rank(offset: offset, isMissingHigh: !node.missingLeft), threshold)
    case .leaf: (.rank(offset: offset, isMissingHigh: true), 0)
    }
  }
}
