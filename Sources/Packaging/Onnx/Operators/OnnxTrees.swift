import Scoring

/// The flat lists of a TreeEnsemble node (ai.onnx.ml 5).
private struct OnnxTreeLists {
  var roots: [Int64] = []
  var features: [Int64] = []
  var splits: [Double] = []
  var modes: [UInt8] = []
  var missingTrue: [Int64] = []
  var trueChildren: [Int64] = []
  var falseChildren: [Int64] = []
  var trueLeaves: [Int64] = []
  var falseLeaves: [Int64] = []
  var leafTargets: [Int64] = []
  var leafWeights: [Double] = []
  /// The codes of each membership test in the order of the tests, each list ended by not-a-number.
  var members: [Double] = []

  var attributes: [OnnxAttribute] {
    let lists: [OnnxAttribute] = [
      .int("aggregate_function", 1), .int("post_transform", 0), .ints("tree_roots", roots),
      .ints("nodes_featureids", features), .tensor("nodes_splits", .doubles(splits)),
      .tensor("nodes_modes", .bytes(modes)), .ints("nodes_missing_value_tracks_true", missingTrue),
      .ints("nodes_truenodeids", trueChildren), .ints("nodes_falsenodeids", falseChildren),
      .ints("nodes_trueleafs", trueLeaves), .ints("nodes_falseleafs", falseLeaves),
      .ints("leaf_targetids", leafTargets), .tensor("leaf_weights", .doubles(leafWeights)),
    ]
    return members.isEmpty ? lists : lists + [.tensor("membership_values", .doubles(members))]
  }
}

extension OnnxFile {
  static func support(_ type: TreesOperator.Type) -> Support { .full }

  mutating func lower(_ op: TreesOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    .vector(try lowering.trees(op.ensemble, on: vector(node)))
  }
}

extension OnnxLowering {
  /// An ensemble over the vector `x`. Of trees whose leaves hold a vector there is one copy for each output.
  fileprivate mutating func trees(_ ensemble: TreeEnsemble, on x: String) throws(Unsupported) -> String {
    var lists = OnnxTreeLists()
    var base = ensemble.base
    for tree in ensemble.trees {
      for output in tree.output.map({ $0..<$0 + 1 }) ?? 0..<ensemble.outputs {
        let offset = tree.output == nil ? output : 0
        let root = ensemble.nodes[tree.root]
        if root.test == .leaf {
          base[output] += ensemble.leafValues[root.feature + offset]
        } else {
          try append(ensemble, root: tree.root, output: output, offset: offset, to: &lists)
        }
      }
    }
    guard !lists.roots.isEmpty else {
      return repeated(builder.row(base), like: x)
    }
    let sums = builder.call(
      "TreeEnsemble", [x], lists.attributes + [.int("n_targets", Int64(ensemble.outputs))], domain: "ai.onnx.ml")
    return builder.add(sums, builder.row(base))
  }

  /// One tree, its inner nodes in breadth-first order.
  private func append(
    _ ensemble: TreeEnsemble, root: Int, output: Int, offset: Int, to lists: inout OnnxTreeLists
  ) throws(Unsupported) {
    let start = lists.modes.count
    lists.roots.append(Int64(start))
    var queue = [root]
    var place = 0
    while place < queue.count {
      // A node that two parents share would be copied for each of them, and a package could hide 2^n of them so.
      guard queue.count <= ensemble.nodes.count else { throw refusal("two branches of a tree share a node") }
      let node = ensemble.nodes[queue[place]]
      place += 1
      append(node, ensemble.sets, to: &lists)
      for (child, isTrue) in [(node.left, true), (node.right, false)] {
        let isLeaf = ensemble.nodes[child].test == .leaf
        let position = isLeaf ? lists.leafWeights.count : start + queue.count
        if isLeaf {
          lists.leafTargets.append(Int64(output))
          lists.leafWeights.append(ensemble.leafValues[ensemble.nodes[child].feature + offset])
        } else {
          queue.append(child)
        }
        if isTrue {
          lists.trueChildren.append(Int64(position))
          lists.trueLeaves.append(isLeaf ? 1 : 0)
        } else {
          lists.falseChildren.append(Int64(position))
          lists.falseLeaves.append(isLeaf ? 1 : 0)
        }
      }
    }
  }

  private func append(_ node: TreeEnsemble.Node, _ sets: [[UInt64]], to lists: inout OnnxTreeLists) {
    lists.features.append(Int64(node.feature))
    lists.missingTrue.append(node.missingLeft ? 1 : 0)
    switch node.test {
    case .atMost(let threshold):
      lists.modes.append(0)
      lists.splits.append(threshold)
    case .member(let set):
      let codes = codes(sets[set])
      // A split that sends missing alone to the left has no codes; runtimes refuse a membership test without any, so it is a
      // threshold that no code is below.
      lists.modes.append(codes.isEmpty ? 0 : 6)
      lists.splits.append(codes.isEmpty ? -.greatestFiniteMagnitude : 0)
      if !codes.isEmpty { lists.members += codes + [.nan] }
    case .leaf: break
    }
  }

  private func codes(_ set: [UInt64]) -> [Double] {
    set.enumerated().flatMap { word, bits in
      (0..<64).filter { bits >> UInt64($0) & 1 == 1 }.map { Double(word * 64 + $0) }
    }
  }
}
