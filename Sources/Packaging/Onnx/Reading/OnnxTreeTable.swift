import Plan

/// A TreeEnsemble: sums of the leaves that a row reaches.
struct OnnxTreeTable {
  private struct Node {
    let feature: Int
    /// nil where the test is whether the value is one of `members`.
    let threshold: Double?
    let members: Set<Double>
    let missingIsTrue: Bool
    let whenTrue: Child
    let whenFalse: Child
  }

  private enum Child {
    case leaf(Int)
    /// Always after its parent, so that every walk ends.
    case node(Int)
  }

  private let nodes: [Node]
  private let roots: [Int]
  private let targets: [Int]
  private let weights: [Double]
  private let outputs: Int
  private let features: Int

  init(_ node: OnnxDocument.Node) throws(ExportFault) {
    guard try node.int("aggregate_function") == 1, try node.int("post_transform") == 0 else {
      throw node.fault("its leaves are not summed")
    }
    outputs = Int(try node.int("n_targets"))
    roots = try node.ints("tree_roots").map { Int($0) }
    targets = try node.ints("leaf_targetids").map { Int($0) }
    weights = try node.tensor("leaf_weights").doubles()
    nodes = try Self.nodes(node, leaves: targets.count)
    features = nodes.reduce(0) { max($0, $1.feature + 1) }
    guard (1...1 << 20).contains(outputs), weights.count == targets.count, !roots.isEmpty,
      roots.allSatisfy(nodes.indices.contains), targets.allSatisfy((0..<outputs).contains)
    else { throw node.fault("its lists do not fit each other") }
  }

  private static func nodes(_ node: OnnxDocument.Node, leaves: Int) throws(ExportFault) -> [Node] {
    let modes = try node.tensor("nodes_modes").bytes()
    let splits = try node.tensor("nodes_splits").doubles()
    let features = try node.ints("nodes_featureids")
    let missing = try node.ints("nodes_missing_value_tracks_true")
    let (whenTrue, whenFalse) = (try node.ints("nodes_truenodeids"), try node.ints("nodes_falsenodeids"))
    let (trueLeaves, falseLeaves) = (try node.ints("nodes_trueleafs"), try node.ints("nodes_falseleafs"))
    let lists = [features, missing, whenTrue, whenFalse, trueLeaves, falseLeaves]
    guard splits.count == modes.count, lists.allSatisfy({ $0.count == modes.count }),
      features.allSatisfy({ (0..<1 << 31).contains($0) })
    else {
      throw node.fault("its lists do not fit each other")
    }
    func child(_ id: Int64, _ isLeaf: Int64, of place: Int) throws(ExportFault) -> Child {
      let id = Int(id)
      guard isLeaf == 1 ? (0..<leaves).contains(id) : id > place && id < modes.count else {
        throw node.fault("a branch leads nowhere")
      }
      return isLeaf == 1 ? .leaf(id) : .node(id)
    }
    var sets = try members(node, count: modes.count { $0 == 6 })
    sets.reverse()
    var nodes: [Node] = []
    nodes.reserveCapacity(modes.count)
    for (place, mode) in modes.enumerated() {
      guard mode == 0 || mode == 6 else { throw node.fault("a test of kind \(mode)") }
      nodes.append(
        Node(
          feature: Int(features[place]), threshold: mode == 0 ? splits[place] : nil,
          members: mode == 0 ? [] : sets.popLast() ?? [], missingIsTrue: missing[place] == 1,
          whenTrue: try child(whenTrue[place], trueLeaves[place], of: place),
          whenFalse: try child(whenFalse[place], falseLeaves[place], of: place)))
    }
    return nodes
  }

  /// The values of each membership test, which end in one that is not a number.
  private static func members(_ node: OnnxDocument.Node, count: Int) throws(ExportFault) -> [Set<Double>] {
    guard count > 0 else { return [] }
    var sets: [Set<Double>] = [[]]
    for value in try node.tensor("membership_values").doubles() {
      if value.isNaN { sets.append([]) } else { sets[sets.count - 1].insert(value) }
    }
    guard sets.removeLast().isEmpty, sets.count == count, sets.allSatisfy({ !$0.isEmpty }) else {
      throw node.fault("its tests of membership have no values")
    }
    return sets
  }

  func value(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    let values = try x.doubles()
    guard x.shape.count == 2, x.columns >= features, OnnxArray.isHeld(x.rows, outputs) else {
      throw ExportFault(.unreadable("\(features) features are asked for, and there are \(x.columns)"))
    }
    var sums = [Double](repeating: 0, count: x.rows * outputs)
    for row in 0..<x.rows {
      let features = values[row * x.columns..<(row + 1) * x.columns]
      for root in roots {
        let leaf = leaf(from: root, features)
        sums[row * outputs + targets[leaf]] += weights[leaf]
      }
    }
    return try OnnxArray(.doubles(sums), shape: [x.rows, outputs])
  }

  private func leaf(from root: Int, _ features: ArraySlice<Double>) -> Int {
    var place = root
    while true {
      let node = nodes[place]
      let value = features[features.startIndex + node.feature]
      let isTrue =
        value.isNaN ? node.missingIsTrue : node.threshold.map { value <= $0 } ?? node.members.contains(value)
      switch isTrue ? node.whenTrue : node.whenFalse {
      case .leaf(let leaf): return leaf
      case .node(let next): place = next
      }
    }
  }
}
