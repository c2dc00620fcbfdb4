import Glibc
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

  /// A leaf of the tree as far as it has grown.
  struct Leaf {
    /// Place among the tree's nodes.
    var node: Int
    /// Its rows in each list.
    var stretches: [Range<Int>]
    var sums: LeafSums
    var depth: Int
    var cells: HistogramStore.Cells?
    var best: BinSplit?
    /// Rows in each bin, of columns of which a split was refused.
    var counts: [Int: [Int64]] = [:]
    var gain = 0.0
  }

  private let binned: BinnedColumns
  private let loss: BoostingLoss
  private let settings: Settings
  private let search: SplitSearch
  private let rows: LeafRows
  private let team: BoostingTeam
  private let random: CounterRandom
  private var trees = 0
  private(set) var ensemble: EnsembleAssembly

  /// `features` is the width of the feature vector.
  init(
    _ binned: BinnedColumns, features: Int, _ loss: BoostingLoss, _ settings: Settings, _ team: BoostingTeam,
    seed: UInt64, _ progress: Progress
  ) {
    self.binned = binned
    self.loss = loss
    self.settings = settings
    self.team = team
    random = CounterRandom(seed: seed, stream: 1 << 32)
    search = SplitSearch(binned, isRegression: loss.kind == .squared, team, progress)
    rows = search.rows
    ensemble = EnsembleAssembly(binned.columns, features: features)
  }

  /// Grows a tree towards one output and adds its values to the scores. Whether it has a split.
  func grow(output: Int, _ scale: GradientScale, _ progress: Progress) throws(EngineError) -> Bool {
    let finder = SplitFinder(scale, fewestRows: settings.fewestRows, l2: settings.l2)
    let cells = search.root(loss, output, scale, RandomRounding(random, tree: trees), progress)
    trees += 1
    try check(progress)
    var leaves = [
      Leaf(
        node: ensemble.startTree(output: output), stretches: rows.all,
        sums: LeafSums(search.total(cells), rows: binned.rowCount, scale), depth: 0, cells: cells)
    ]
    find(&leaves, [0], finder)
    while leaves.count < settings.leaves, let place = widest(leaves) {
      try check(progress)
      divide(&leaves, place, finder)
    }
    finish(leaves, output, scale)
    return leaves.count > 1
  }

  private func check(_ progress: Progress) throws(EngineError) {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// The leaf with the greatest gain, the first of equals.
  private func widest(_ leaves: [Leaf]) -> Int? {
    var found: Int?
    for (place, leaf) in leaves.enumerated() where leaf.best != nil && leaf.gain > (found.map { leaves[$0].gain } ?? 0)
    {
      found = place
    }
    return found
  }

  private func divide(_ leaves: inout [Leaf], _ place: Int, _ finder: SplitFinder) {
    let parent = leaves[place]
    guard let split = parent.best else { return }
    let right = LeafSums(parent.sums.total &- split.left, rows: 0, finder.scale)
    let isLeftSmall = finder.scale.hessian(of: split.left) <= Int64(right.hessian)
    // The tree is full, or both are as they will stay: no histogram is needed any more.
    let goesOn =
      leaves.count + 1 < settings.leaves && canDivide(parent.sums.rows - settings.fewestRows, parent.depth + 1)
    let division = search.divide(parent.stretches, split, small: goesOn ? (isLeftSmall ? .left : .right) : nil)
    let lefts = division.left.reduce(0) { $0 + $1.count }
    guard min(lefts, parent.sums.rows - lefts) >= settings.fewestRows else {
      if let cells = division.cells { search.store.give(cells) }
      leaves[place].best = nil
      leaves[place].counts[split.column] = search.count(parent.stretches, split.column)
      return find(&leaves, [place], finder)
    }
    let nodes = ensemble.split(parent.node, split)
    leaves[place] = Leaf(
      node: nodes.left, stretches: division.left, sums: LeafSums(split.left, rows: lefts, finder.scale),
      depth: parent.depth + 1)
    leaves.append(
      Leaf(
        node: nodes.right, stretches: division.right,
        sums: LeafSums(parent.sums.total &- split.left, rows: parent.sums.rows - lefts, finder.scale),
        depth: parent.depth + 1))
    guard let small = division.cells, let large = parent.cells else {
      if let cells = parent.cells { search.store.give(cells) }
      return
    }
    leaves[place].cells = isLeftSmall ? small : large
    leaves[leaves.count - 1].cells = isLeftSmall ? large : small
    find(&leaves, [place, leaves.count - 1], finder, of: (small: small, large: large, division))
  }

  private func canDivide(_ rows: Int, _ depth: Int) -> Bool {
    rows >= 2 * settings.fewestRows && depth < settings.depth ?? .max
  }

  /// Finds the best splits of some leaves; `pair` are the histograms that two of them share as yet.
  private func find(
    _ leaves: inout [Leaf], _ places: [Int], _ finder: SplitFinder,
    of pair: (small: HistogramStore.Cells, large: HistogramStore.Cells, SplitSearch.Division)? = nil
  ) {
    let open = places.filter { canDivide(leaves[$0].sums.rows, leaves[$0].depth) }
    let sides = open.compactMap { place in
      leaves[place].cells.map {
        SplitSearch.Side(cells: $0, sums: leaves[place].sums)
      }
    }
    let found = sides.isEmpty ? [] : search.best(sides, finder, places.first.map { leaves[$0].counts } ?? [:], of: pair)
    for (place, best) in zip(open, found) where best.column >= 0 {
      leaves[place].best = best
      leaves[place].gain = best.worth - finder.worth(leaves[place].sums)
    }
    for place in places where leaves[place].best == nil {
      if let cells = leaves[place].cells { search.store.give(cells) }
      leaves[place].cells = nil
    }
  }

  /// Gives leaves their values, which are added to the scores of their rows when these are looked at next.
  private func finish(_ leaves: [Leaf], _ output: Int, _ scale: GradientScale) {
    let values = leaves.map { leaf in
      let bend = leaf.sums.hessian / scale.hessian + settings.l2
      return bend > 0 ? -settings.learningRate * leaf.sums.gradient / scale.gradient / bend : 0
    }
    for (leaf, value) in zip(leaves, values) {
      ensemble.finish(leaf.node, value: value * loss.unit)
      if let cells = leaf.cells { search.store.give(cells) }
    }
    let noted = loss.leaves(ofOutput: output)
    search.eachList { list in rows.note(leaves.map { $0.stretches[list] }, in: noted) }
    loss.take(values, output: output)
  }
}
