extension PackedTrees {
  private typealias Nodes = UnsafePointer<Node>
  private typealias Row = UnsafePointer<Double>

  /// Adds the trees to each of `rows` rows of `features` doubles; `out` has `outputs` doubles a row.
  func score(_ x: UnsafePointer<Double>, rows: Int, into out: UnsafeMutablePointer<Double>) {
    for row in 0..<rows {
      for output in 0..<outputs { out[row * outputs + output] = base[output] }
    }
    nodes.withUnsafeBufferPointer { nodes in
      values.withUnsafeBufferPointer { values in
        guard let nodes = nodes.baseAddress, let values = values.baseAddress else { return }
        // As many rows as keep their features in the first cache while all trees pass over them.
        let tile = max(8, min(256, 2048 / max(1, features)) & ~7)
        for start in stride(from: 0, to: rows, by: tile) {
          scoreTile(
            x + start * features, min(tile, rows - start), nodes, values, out + start * outputs)
        }
      }
    }
  }

  private func scoreTile(
    _ x: Row, _ rows: Int, _ nodes: Nodes, _ values: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    let eights = rows & ~7
    let hasMissing = Self.hasMissing(x, eights * features)
    trees.withUnsafeBufferPointer { trees in
      for tree in trees {
        for row in stride(from: 0, to: eights, by: 8) {
          let leaves =
            tree.hasSets
            ? walk8(nodes, tree, x + row * features) { step(nodes, $0, $1) }
            : hasMissing
              ? walk8(nodes, tree, x + row * features) { Self.stepMissing(nodes, $0, $1) }
              : walk8(nodes, tree, x + row * features) { Self.stepPresent(nodes, $0, $1) }
          for lane in 0..<8 { add(tree, Int(leaves[lane]), values, out + (row + lane) * outputs) }
        }
      }
    }
    for row in eights..<rows { scoreRow(x + row * features, nodes, values, out + row * outputs) }
  }

  private static func hasMissing(_ x: Row, _ count: Int) -> Bool {
    var any = false
    for i in 0..<count { any = any || x[i].isNaN }
    return any
  }

  @inline(__always)
  private func add(
    _ tree: Tree, _ leaf: Int, _ values: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    if hasVectorLeaves {
      let first = Int(values[leaf])
      for output in 0..<outputs { out[output] += leafValues[first + output] }
    } else {
      out[Int(tree.output)] += values[leaf]
    }
  }

  /// One row through the trees, eight at a time.
  private func scoreRow(
    _ x: Row, _ nodes: Nodes, _ values: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    let hasMissing = Self.hasMissing(x, features)
    trees.withUnsafeBufferPointer { trees in
      for first in stride(from: 0, to: trees.count, by: 8) {
        let count = min(8, trees.count - first)
        var places = SIMD8<Int32>(repeating: 0)
        var hasSets = false
        var least = Int32.max
        for lane in 0..<8 {
          let tree = trees[first + min(lane, count - 1)]
          places[lane] = tree.root
          hasSets = hasSets || tree.hasSets
          least = min(least, tree.least)
        }
        let leaves =
          hasSets
          ? walk(places, least, x) { step(nodes, $0, $1) }
          : hasMissing
            ? walk(places, least, x) { Self.stepMissing(nodes, $0, $1) }
            : walk(places, least, x) { Self.stepPresent(nodes, $0, $1) }
        for lane in 0..<count { add(trees[first + lane], Int(leaves[lane]), values, out) }
      }
    }
  }

  @inline(__always)
  private func walk(
    _ roots: SIMD8<Int32>, _ least: Int32, _ x: Row, _ step: (Int32, Row) -> Int32
  ) -> SIMD8<Int32> {
    var (a, b, c, d) = (roots[0], roots[1], roots[2], roots[3])
    var (e, f, g, h) = (roots[4], roots[5], roots[6], roots[7])
    var left = least
    while true {
      let (a1, b1, c1, d1) = (step(a, x), step(b, x), step(c, x), step(d, x))
      let (e1, f1, g1, h1) = (step(e, x), step(f, x), step(g, x), step(h, x))
      left &-= 1
      if left < 0 {
        let moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1) | (e ^ e1) | (f ^ f1) | (g ^ g1) | (h ^ h1)
        if moved == 0 { return SIMD8(a1, b1, c1, d1, e1, f1, g1, h1) }
      }
      (a, b, c, d, e, f, g, h) = (a1, b1, c1, d1, e1, f1, g1, h1)
    }
  }

  @inline(__always)
  private func walk8(_ nodes: Nodes, _ tree: Tree, _ x: Row, _ step: (Int32, Row) -> Int32) -> SIMD8<Int32> {
    let root = tree.root
    var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
    let (x1, x2, x3, x4) = (x + features, x + 2 * features, x + 3 * features, x + 4 * features)
    let (x5, x6, x7) = (x + 5 * features, x + 6 * features, x + 7 * features)
    var left = tree.least
    while true {
      let (a1, b1, c1, d1) = (step(a, x), step(b, x1), step(c, x2), step(d, x3))
      let (e1, f1, g1, h1) = (step(e, x4), step(f, x5), step(g, x6), step(h, x7))
      left &-= 1
      if left < 0 {
        let moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1) | (e ^ e1) | (f ^ f1) | (g ^ g1) | (h ^ h1)
        if moved == 0 { return SIMD8(a1, b1, c1, d1, e1, f1, g1, h1) }
      }
      (a, b, c, d, e, f, g, h) = (a1, b1, c1, d1, e1, f1, g1, h1)
    }
  }

  // MARK: One step

  /// With no missing value and no set in reach.
  @inline(__always)
  private static func stepPresent(_ nodes: Nodes, _ place: Int32, _ x: Row) -> Int32 {
    let node = nodes + Int(place)
    let value = x[Int(node.pointee.feature & Node.place)]
    return node.pointee.left &+ (value > node.pointee.threshold ? 1 : 0)
  }

  @inline(__always)
  private static func stepMissing(_ nodes: Nodes, _ place: Int32, _ x: Row) -> Int32 {
    let node = nodes + Int(place)
    let feature = node.pointee.feature
    let value = x[Int(feature & Node.place)]
    let isMissing = value != value
    let isRight = value > node.pointee.threshold || (isMissing && feature & Node.missingLeft == 0)
    return node.pointee.left &+ (isRight ? 1 : 0)
  }

  @inline(__always)
  private func step(_ nodes: Nodes, _ place: Int32, _ x: Row) -> Int32 {
    let node = nodes[Int(place)]
    let value = x[Int(node.feature & Node.place)]
    if node.feature & Node.equal != 0 { return node.left &+ (value == node.threshold ? 1 : 0) }
    guard node.feature & Node.member != 0 else { return Self.stepMissing(nodes, place, x) }
    let isLeft =
      value.isNaN
      ? node.feature & Node.missingLeft != 0 : TreeEnsemble.contains(sets[Int(node.threshold)], value)
    return node.left &+ (isLeft ? 0 : 1)
  }
}
