/// An ensemble laid out for walking: 16 bytes a node, both children side by side, every leaf its own child, so that a walk is a
/// loop without branches.
///
/// Eight walks go on at once, of eight rows through one tree or of one row through eight trees: one walk alone waits for memory at
/// every node. Leaves are added in the order of the trees, so both ways give the same bits.
struct PackedTrees: Sendable {
  struct Node: Sendable {
    var threshold: Double
    /// The right child is the next.
    var left: Int32
    /// The feature's place, with `missingLeft`, `member` and `equal` on top.
    var feature: UInt32

    static let missingLeft: UInt32 = 1 << 31
    static let member: UInt32 = 1 << 30
    /// Right where the value is the threshold: the code of a one-hot run.
    static let equal: UInt32 = 1 << 29
    static let place: UInt32 = (1 << 29) - 1
  }

  struct Tree: Sendable {
    let root: Int32
    /// No leaf is nearer the root.
    let least: Int32
    let output: Int32
    /// Whether it has nodes of sets or of one-hot runs.
    let hasSets: Bool
  }

  private(set) var nodes: [Node] = []
  private(set) var trees: [Tree] = []
  /// A leaf's value at its node; with a vector in each leaf the place of its first value.
  private(set) var values: [Double] = []
  let leafValues: [Double]
  /// Doubles a row: those of the layout, and after them each one-hot run's code as one.
  let features: Int
  let outputs: Int
  let sets: [[UInt64]]
  let base: [Double]
  let hasVectorLeaves: Bool

  /// Nil for trees that share so many nodes that each on its own would not fit.
  init?(_ branches: TreeBranches) {
    let (ensemble, layout) = (branches.ensemble, branches.layout)
    leafValues = ensemble.leafValues
    features = layout.denseWidth + layout.coded.count
    outputs = ensemble.outputs
    sets = ensemble.sets
    base = ensemble.base
    hasVectorLeaves = ensemble.trees.contains { $0.output == nil }
    guard features <= Int(Node.place), ensemble.nodes.count < 1 << 29 else { return nil }
    for tree in ensemble.trees {
      guard append(tree, of: branches) else { return nil }
    }
  }

  /// Lays a tree out breadth first: the nodes near the root, which every row visits, lie together.
  private mutating func append(_ tree: TreeEnsemble.Tree, of branches: TreeBranches) -> Bool {
    let most = 2 * branches.ensemble.nodes.count + 2 * branches.ensemble.trees.count
    let root = nodes.count
    var queue = [(source: tree.root, depth: 0)]
    var least = Int.max
    var hasSets = false
    nodes.append(Node(threshold: 0, left: 0, feature: 0))
    values.append(0)
    var place = 0
    while place < queue.count {
      let (source, depth) = queue[place]
      let here = root + place
      place += 1
      let branch = branches.branch(from: source)
      if case .leaf(let value) = branch {
        least = min(least, depth)
        nodes[here] = Node(threshold: .infinity, left: Int32(here), feature: Node.missingLeft)
        values[here] = hasVectorLeaves ? Double(value) : leafValues[value]
        continue
      }
      guard nodes.count <= most else { return false }
      let (node, left, right) = inner(branch, branches.layout)
      nodes[here] = node
      hasSets = hasSets || node.feature & (Node.member | Node.equal) != 0
      queue += [(left, depth + 1), (right, depth + 1)]
      nodes += [node, node]
      values += [0, 0]
    }
    trees.append(
      Tree(
        root: Int32(root), least: Int32(least == .max ? 0 : least), output: Int32(tree.output ?? 0), hasSets: hasSets))
    return true
  }

  /// A node that is no leaf, whose children come next, and these.
  private func inner(_ branch: TreeBranch, _ layout: VectorLayout) -> (node: Node, left: Int, right: Int) {
    let next = Int32(nodes.count)
    switch branch {
    case .leaf(let value): return (Node(threshold: 0, left: next, feature: 0), value, value)
    case .coded(let part, let place, let off, let on):
      let feature = UInt32(layout.denseWidth + part) | Node.equal
      return (Node(threshold: Double(place), left: next, feature: feature), off, on)
    case .dense(let node, let offset):
      var feature = UInt32(offset) | (node.missingLeft ? Node.missingLeft : 0)
      var threshold = 0.0
      switch node.test {
      case .atMost(let value): threshold = value
      case .member(let set):
        threshold = Double(set)
        feature |= Node.member
      case .leaf: break
      }
      return (Node(threshold: threshold, left: next, feature: feature), node.left, node.right)
    }
  }
}
