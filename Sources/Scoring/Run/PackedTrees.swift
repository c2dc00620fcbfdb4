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
    /// The feature's place, with `missingLeft` and `member` on top.
    var feature: UInt32

    static let missingLeft: UInt32 = 1 << 31
    static let member: UInt32 = 1 << 30
    static let place: UInt32 = (1 << 30) - 1
  }

  struct Tree: Sendable {
    let root: Int32
    /// No leaf is nearer the root.
    let least: Int32
    let output: Int32
    let hasSets: Bool
  }

  private(set) var nodes: [Node] = []
  private(set) var trees: [Tree] = []
  /// A leaf's value at its node; with a vector in each leaf the place of its first value.
  private(set) var values: [Double] = []
  let leafValues: [Double]
  let features: Int
  let outputs: Int
  let sets: [[UInt64]]
  let base: [Double]
  let hasVectorLeaves: Bool

  /// Nil for trees that share so many nodes that each on its own would not fit.
  init?(_ ensemble: TreeEnsemble) {
    leafValues = ensemble.leafValues
    features = ensemble.features
    outputs = ensemble.outputs
    sets = ensemble.sets
    base = ensemble.base
    hasVectorLeaves = ensemble.trees.contains { $0.output == nil }
    guard features <= Int(Node.place), ensemble.nodes.count < 1 << 29 else { return nil }
    for tree in ensemble.trees {
      guard append(tree, of: ensemble) else { return nil }
    }
  }

  /// Lays a tree out breadth first: the nodes near the root, which every row visits, lie together.
  private mutating func append(_ tree: TreeEnsemble.Tree, of ensemble: TreeEnsemble) -> Bool {
    let root = nodes.count
    var queue = [(source: tree.root, depth: 0)]
    var least = Int.max
    var hasSets = false
    nodes.append(Node(threshold: 0, left: 0, feature: 0))
    values.append(0)
    var place = 0
    while place < queue.count {
      let (source, depth) = queue[place]
      let node = ensemble.nodes[source]
      let here = root + place
      if node.test == .leaf {
        least = min(least, depth)
        nodes[here] = Node(threshold: .infinity, left: Int32(here), feature: Node.missingLeft)
        values[here] = hasVectorLeaves ? Double(node.feature) : leafValues[node.feature]
      } else {
        guard nodes.count <= 2 * ensemble.nodes.count + 2 * ensemble.trees.count else { return false }
        var feature = UInt32(node.feature) | (node.missingLeft ? Node.missingLeft : 0)
        var threshold = 0.0
        switch node.test {
        case .atMost(let value): threshold = value
        case .member(let set):
          threshold = Double(set)
          feature |= Node.member
          hasSets = true
        case .leaf: break
        }
        nodes[here] = Node(threshold: threshold, left: Int32(nodes.count), feature: feature)
        queue += [(node.left, depth + 1), (node.right, depth + 1)]
        nodes += [nodes[here], nodes[here]]
        values += [0, 0]
      }
      place += 1
    }
    trees.append(
      Tree(
        root: Int32(root), least: Int32(least == .max ? 0 : least), output: Int32(tree.output ?? 0), hasSets: hasSets))
    return true
  }

  /// Whether a category code is in a set; codes that are no place of it are not.
  @inline(__always)
  func contains(_ set: Int, _ code: Double) -> Bool {
    guard code >= 0, code < 0x1p31 else { return false }
    let bit = Int(code)
    guard Double(bit) == code else { return false }
    let words = sets[set]
    return bit >> 6 < words.count && words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}
