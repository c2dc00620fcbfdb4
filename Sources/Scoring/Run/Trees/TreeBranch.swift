/// Where the rows part at or below a node.
enum TreeBranch {
  /// Nowhere: the place of the leaf's first value.
  case leaf(Int)
  /// By a double of the row.
  case dense(TreeEnsemble.Node, offset: Int)
  /// By whether a place of a one-hot run is on: the nodes for off and for on.
  case coded(part: Int, place: Int, off: Int, on: Int)
}

/// An ensemble over a vector of a layout: a one-hot place has two values only, which a threshold need not part.
struct TreeBranches {
  let ensemble: TreeEnsemble
  let layout: VectorLayout
  /// The first node from each on that rows can leave by different sides; empty where that is each itself.
  private let ends: [Int32]

  /// O(nodes · log runs).
  init(_ ensemble: TreeEnsemble, _ layout: VectorLayout) {
    self.ensemble = ensemble
    self.layout = layout
    guard !layout.coded.isEmpty else {
      ends = []
      return
    }
    var ends = ensemble.nodes.indices.map { Int32(clamping: $0) }
    // Children come after their parents.
    for place in ensemble.nodes.indices.reversed() {
      let node = ensemble.nodes[place]
      guard node.test != .leaf, case .coded(let part, let spot) = layout.spot(node.feature) else { continue }
      let (off, on) = Self.sides(node, layout.coded[part], spot, ensemble)
      if off == on { ends[place] = ends[on] }
    }
    self.ends = ends
  }

  private static func sides(
    _ node: TreeEnsemble.Node, _ run: VectorLayout.Coded, _ place: Int, _ ensemble: TreeEnsemble
  ) -> (off: Int, on: Int) {
    (
      ensemble.goesLeft(node, run.off(place)) ? node.left : node.right,
      ensemble.goesLeft(node, run.on(place)) ? node.left : node.right
    )
  }

  /// Where the rows part at or below a node.
  func branch(from start: Int) -> TreeBranch {
    let node = ensemble.nodes[ends.isEmpty ? start : Int(ends[start])]
    if node.test == .leaf { return .leaf(node.feature) }
    switch layout.spot(node.feature) {
    case .dense(let offset): return .dense(node, offset: offset)
    case .coded(let part, let place):
      let (off, on) = Self.sides(node, layout.coded[part], place, ensemble)
      return .coded(part: part, place: place, off: off, on: on)
    }
  }
}

extension TreeEnsemble {
  /// Whether a value, or not-a-number for a missing one, goes left at a node that is no leaf.
  func goesLeft(_ node: Node, _ value: Double) -> Bool {
    if value.isNaN { return node.missingLeft }
    switch node.test {
    case .atMost(let threshold): return value <= threshold
    case .member(let set): return Self.contains(sets[set], value)
    case .leaf: return true
    }
  }

  /// Whether a category code is in a set; codes that are no place of it are not.
  static func contains(_ set: [UInt64], _ code: Double) -> Bool {
    guard code >= 0, code < 0x1p31 else { return false }
    let bit = Int(code)
    return Double(bit) == code && bit >> 6 < set.count && set[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}
