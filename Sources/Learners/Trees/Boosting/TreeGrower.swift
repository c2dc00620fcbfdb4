import Kernels
import Plan
import Scoring

/// Grows one regression tree at a time, the leaf with the most to gain first.
final class TreeGrower {
  struct Settings: Sendable {
    var leaves: Int
    var depth: Int?
    var fewestRows: Int
    var l2: Double
    var learningRate: Double
  }

  private struct Leaf {
    /// Place among the tree's nodes.
    var node: Int
    var start: Int
    var sum: BinSum
    var depth: Int
    var cells: HistogramStore.Cells?
    var best: BinSplit?
    var rows: Int { Int(sum.count) }
  }

  private let design: BinnedDesign
  private let loss: BoostingLoss
  private let settings: Settings
  private let store: HistogramStore
  private let order: RowOrder
  private(set) var ensemble: EnsembleAssembly

  init(_ design: BinnedDesign, _ loss: BoostingLoss, _ settings: Settings, _ scale: GradientScale) {
    self.design = design
    self.loss = loss
    self.settings = settings
    store = HistogramStore(design, scale)
    order = RowOrder(design.rowCount)
    ensemble = EnsembleAssembly(design.bins)
  }

  /// Grows a tree towards one output and adds its values to the scores. Whether it has a split.
  func grow(output: Int, _ scale: GradientScale, _ progress: Progress) throws(EngineError) -> Bool {
    let finder = SplitFinder(scale, fewestRows: settings.fewestRows, l2: settings.l2)
    order.reset()
    let cells = store.root(loss, output: output, scale: scale, progress)
    try check(progress)
    var root = Leaf(node: ensemble.startTree(output: output), start: 0, sum: store.total(cells), depth: 0, cells: cells)
    root.sum.count = Int64(design.rowCount)
    var leaves = [root]
    find(&leaves, [0], finder)
    while leaves.count < settings.leaves, let place = widest(leaves) {
      try check(progress)
      divide(&leaves, place, finder)
    }
    finish(leaves, scale)
    return leaves.count > 1
  }

  private func check(_ progress: Progress) throws(EngineError) {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// The leaf with the greatest gain, the first of equals.
  private func widest(_ leaves: [Leaf]) -> Int? {
    var found: (place: Int, gain: Double)?
    for (place, leaf) in leaves.enumerated() {
      if let best = leaf.best, best.gain > found?.gain ?? 0 { found = (place, best.gain) }
    }
    return found?.place
  }

  private func divide(_ leaves: inout [Leaf], _ place: Int, _ finder: SplitFinder) {
    let parent = leaves[place]
    guard let split = parent.best else { return }
    let lefts = order.divide(parent.start, parent.rows, design.column(split.feature), split)
    let nodes = ensemble.split(parent.node, split)
    var left = Leaf(node: nodes.left, start: parent.start, sum: split.left, depth: parent.depth + 1)
    left.sum.count = Int64(lefts)
    var right = Leaf(
      node: nodes.right, start: parent.start + lefts, sum: parent.sum - split.left, depth: parent.depth + 1)
    right.sum.count = Int64(parent.rows - lefts)
    // The tree is full, or both are as they will stay: no histogram is needed any more.
    let goesOn = leaves.count + 1 < settings.leaves && (canDivide(left) || canDivide(right))
    if goesOn, let cells = parent.cells {
      fill(&left, &right, cells)
    } else if let cells = parent.cells {
      store.give(cells)
    }
    leaves[place] = left
    leaves.append(right)
    if goesOn { find(&leaves, [place, leaves.count - 1], finder) }
  }

  private func canDivide(_ leaf: Leaf) -> Bool {
    leaf.rows >= 2 * settings.fewestRows && leaf.depth < settings.depth ?? .max
  }

  /// The smaller side is counted, the larger is what is left of the parent.
  private func fill(_ left: inout Leaf, _ right: inout Leaf, _ parent: HistogramStore.Cells) {
    let small = left.rows <= right.rows ? left : right
    let cells = store.leaf(order.rows + small.start, small.rows)
    store.subtract(cells, from: parent)
    left.cells = left.rows <= right.rows ? cells : parent
    right.cells = left.rows <= right.rows ? parent : cells
  }

  /// Finds the best splits of some leaves, features in parallel and combined in index order.
  private func find(_ leaves: inout [Leaf], _ places: [Int], _ finder: SplitFinder) {
    let open = places.filter { canDivide(leaves[$0]) }
    let chunk = 8
    let chunks = (design.bins.count + chunk - 1) / chunk
    nonisolated(unsafe) let tasks = open.map { (cells: leaves[$0].cells, sum: leaves[$0].sum) }
    let width = HistogramKernels.cells * store.scale.words
    let design = design
    let found = parallelMap(open.count * chunks) { task -> BinSplit? in
      let leaf = tasks[task / chunks]
      guard let cells = leaf.cells else { return nil }
      var best: BinSplit?
      let first = task % chunks * chunk
      for feature in first..<min(first + chunk, design.bins.count) {
        let split = finder.best(feature, design.bins[feature], cells + feature * width, leaf.sum)
        if let split, split.gain > best?.gain ?? 0 { best = split }
      }
      return best
    }
    for (index, place) in open.enumerated() {
      for split in found[index * chunks..<(index + 1) * chunks] {
        if let split, split.gain > leaves[place].best?.gain ?? 0 { leaves[place].best = split }
      }
    }
    for place in places where leaves[place].best == nil {
      if let cells = leaves[place].cells { store.give(cells) }
      leaves[place].cells = nil
    }
  }

  /// Gives leaves their values and adds these to the scores of their rows.
  private func finish(_ leaves: [Leaf], _ scale: GradientScale) {
    var pieces: [(start: Int, count: Int, value: Double)] = []
    let piece = 1 << 15
    for leaf in leaves {
      let slope = Double(leaf.sum.gradient) / scale.gradient
      let bend = Double(leaf.sum.hessian) / scale.hessian + settings.l2
      let value = bend > 0 ? -settings.learningRate * slope / bend : 0
      ensemble.finish(leaf.node, value: value * loss.unit)
      for start in stride(from: 0, to: leaf.rows, by: piece) {
        pieces.append((leaf.start + start, min(piece, leaf.rows - start), value))
      }
      if let cells = leaf.cells { store.give(cells) }
    }
    let work = pieces
    nonisolated(unsafe) let scores = loss.scores + ensemble.currentOutput * loss.rowCount
    nonisolated(unsafe) let rows = order.rows
    parallelFor(work.count) { index in
      let (start, count, value) = work[index]
      for place in start..<start + count { scores[Int(rows[place])] += value }
    }
  }
}
