/// Decision trees as flat arrays, all over one vector of features.
///
/// A row goes to `left` when its value is at most the threshold, or when its category is in the set. A missing value goes
/// where `missingLeft` says. A category that is in no set goes right.
public struct TreeEnsemble: Sendable, Hashable {
  public struct Node: Sendable, Hashable {
    public enum Test: Sendable, Hashable {
      case leaf
      /// value <= threshold
      case atMost(Double)
      /// The value is a category code: `sets[index]` has bit `code` set.
      case member(set: Int)
    }
    public var test: Test
    /// Place of the feature in the vector; for a leaf the place of its first value in `leafValues`.
    public var feature: Int
    public var left: Int
    public var right: Int
    public var missingLeft: Bool

    public init(test: Test, feature: Int, left: Int = 0, right: Int = 0, missingLeft: Bool = false) {
      self.test = test
      self.feature = feature
      self.left = left
      self.right = right
      self.missingLeft = missingLeft
    }
  }

  public struct Tree: Sendable, Hashable {
    public let root: Int
    /// The output that a leaf's single value is added to; nil when a leaf holds a value for every output.
    public let output: Int?

    public init(root: Int, output: Int?) {
      self.root = root
      self.output = output
    }
  }

  public let features: Int
  public let outputs: Int
  public let nodes: [Node]
  public let trees: [Tree]
  public let leafValues: [Double]
  /// Bit sets of category codes.
  public let sets: [[UInt64]]
  /// Where each output starts before the trees' values are added.
  public let base: [Double]

  /// nil unless every index is in bounds and every child comes after its parent (so that a walk ends): packages from outside
  /// are checked here, once.
  public init?(
    features: Int, outputs: Int, nodes: [Node], trees: [Tree], leafValues: [Double], sets: [[UInt64]], base: [Double]
  ) {
    guard features >= 0, outputs > 0, base.count == outputs else { return nil }
    for (place, node) in nodes.enumerated() {
      switch node.test {
      case .leaf: guard node.feature >= 0, node.feature < leafValues.count else { return nil }
      case .atMost(let threshold): guard !threshold.isNaN else { return nil }
      case .member(let set): guard sets.indices.contains(set) else { return nil }
      }
      if node.test != .leaf {
        guard (0..<features).contains(node.feature), node.left > place, node.right > place,
          node.left < nodes.count, node.right < nodes.count
        else { return nil }
      }
    }
    for tree in trees {
      guard nodes.indices.contains(tree.root), tree.output.map({ (0..<outputs).contains($0) }) ?? true else {
        return nil
      }
    }
    // With a vector in each leaf, the whole vector has to be there.
    let vectorLeaves = trees.contains { $0.output == nil }
    if vectorLeaves {
      guard trees.allSatisfy({ $0.output == nil }) else { return nil }
      for node in nodes where node.test == .leaf && node.feature > leafValues.count - outputs { return nil }
    }
    self.features = features
    self.outputs = outputs
    self.nodes = nodes
    self.trees = trees
    self.leafValues = leafValues
    self.sets = sets
    self.base = base
  }
}
