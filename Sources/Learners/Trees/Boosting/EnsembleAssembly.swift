import Scoring

/// Trees on bins, put down as trees on values node by node, parents before children.
struct EnsembleAssembly {
  private let columns: [BinnedColumns.Column]
  private let features: Int
  private var nodes: [TreeEnsemble.Node] = []
  private var trees: [TreeEnsemble.Tree] = []
  private var leafValues: [Double] = []
  private var sets: [[UInt64]] = []

  /// `features` is the width of the feature vector.
  init(_ columns: [BinnedColumns.Column], features: Int) {
    self.columns = columns
    self.features = features
  }

  /// The root of a new tree, a leaf as yet.
  mutating func startTree(output: Int) -> Int {
    trees.append(TreeEnsemble.Tree(root: nodes.count, output: output))
    return addLeaf()
  }

  private mutating func addLeaf() -> Int {
    nodes.append(TreeEnsemble.Node(test: .leaf, feature: 0))
    return nodes.count - 1
  }

  /// Makes a leaf a node with two leaves.
  mutating func split(_ node: Int, _ split: BinSplit) -> (left: Int, right: Int) {
    let (left, right) = (addLeaf(), addLeaf())
    let column = columns[split.column]
    var place = column.place
    if case .oneHot = column.bins.kind { place += split.cut }
    nodes[node] = TreeEnsemble.Node(
      test: test(split, column.bins), feature: place, left: left, right: right, missingLeft: split.missingLeft)
    return (left, right)
  }

  private mutating func test(_ split: BinSplit, _ bins: FeatureBins) -> TreeEnsemble.Node.Test {
    switch bins.kind {
    case .number(let thresholds):
      // Past the last threshold only missing values go right.
      return .atMost(split.cut < thresholds.count ? thresholds[split.cut] : .greatestFiniteMagnitude)
    case .oneHot: return .atMost(0.5)
    case .category(let codes, let count):
      var set = [UInt64](repeating: 0, count: (count + 63) / 64)
      for (bin, code) in codes.enumerated() where split.set[bin >> 6] >> UInt64(bin & 63) & 1 == 1 {
        set[code / 64] |= 1 << UInt64(code % 64)
      }
      sets.append(set)
      return .member(set: sets.count - 1)
    }
  }

  mutating func finish(_ leaf: Int, value: Double) {
    nodes[leaf].feature = leafValues.count
    leafValues.append(value)
  }

  func ensemble(base: [Double]) -> TreeEnsemble? {
    TreeEnsemble(
      features: features, outputs: base.count, nodes: nodes, trees: trees, leafValues: leafValues, sets: sets,
      base: base)
  }
}
