import Kernels
import Plan

/// What keeps a node from being split.
struct GrowthLimits: Sendable {
  var depth: Int?
  var fewestToSplit: Int
  var fewestRows: Int
  var leastDecrease: Double
}

/// Grows one classification or regression tree, depth first, on columns that are sorted once: a node is a stretch of every
/// column's order, and dividing it keeps each order.
///
/// Large nodes are worked on column by column in parallel; the subtrees below are then grown whole, one on each thread.
struct DecisionGrower<Measure: SplitMeasure>: Sendable {
  private struct Open {
    let node: Int
    let rows: Range<Int>
    let depth: Int
  }

  private let rows: NodeRows
  private let divider: NodeDivider
  private let limits: GrowthLimits
  private let finder: DecisionSplitFinder<Measure>
  private let pool: WorkspacePool
  private let leafBudget: LeafBudget
  private let passBudget: PassBudget
  private let progress: Progress

  init(
    _ design: DesignMatrix, _ orders: ColumnOrders, _ labels: TreeLabels, _ limits: GrowthLimits, _ progress: Progress,
    passes: PassBudget? = nil
  ) {
    rows = NodeRows(design: design, orders: orders, labels: labels, progress: progress)
    divider = NodeDivider(rows)
    self.limits = limits
    self.progress = progress
    finder = DecisionSplitFinder(
      layout: orders.layout, labels: labels, fewestRows: limits.fewestRows, progress: progress)
    let (count, classes) = (design.rowCount, labels.classes)
    let categories = design.columns.map(\.categories).max() ?? 0
    pool = WorkspacePool { NodeWorkspace(rows: count, classes: classes, categories: categories) }
    leafBudget = LeafBudget(rows: count, classes: classes)
    passBudget = passes ?? PassBudget(rows: count, columns: design.columns.count)
  }

  private func cells(_ rows: Range<Int>) -> Int { rows.count * max(self.rows.design.columns.count, 1) }

  /// The whole tree: what is grown first, then its subtrees. O(columns × rows) a level.
  func grow() throws(EngineError) -> (top: GrownTree, below: [GrownTree]) {
    let whole = Open(node: 0, rows: 0..<rows.design.rowCount, depth: 0)
    // Whatever the number of threads: enough subtrees for any, each worth more than its start.
    let small = min(max(cells(whole.rows) / 32, 1 << 15), 1 << 20)
    var deferred: [Open] = []
    let top = try grow(whole, small, &deferred)
    let subtrees = deferred
    // The largest first, so that threads end together.
    let byRows = subtrees.indices.sorted { (subtrees[$1].rows.count, $0) < (subtrees[$0].rows.count, $1) }
    let grown = parallelMap(byRows.count) { place -> Result<GrownTree, EngineError> in
      Result { () throws(EngineError) in try growBelow(subtrees[byRows[place]]) }
    }
    var below = [GrownTree](repeating: GrownTree(), count: grown.count)
    for (place, tree) in zip(byRows, grown) { below[place] = try tree.get() }
    return (top, below)
  }

  private func growBelow(_ start: Open) throws(EngineError) -> GrownTree {
    var none: [Open] = []
    return try grow(start, nil, &none)
  }

  /// Grows from a node down. With `small`, nodes of fewer cells are left for later.
  private func grow(_ start: Open, _ small: Int?, _ deferred: inout [Open]) throws(EngineError) -> GrownTree {
    var tree = GrownTree()
    var open = [Open(node: tree.add(), rows: start.rows, depth: start.depth)]
    let workspace = pool.take()
    defer { pool.give(workspace) }
    while let next = open.popLast() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      if let small, cells(next.rows) < small {
        tree.nodes[next.node] = .below(deferred.count)
        deferred.append(next)
      } else if let children = try work(next, &tree, isAlone: small == nil, workspace) {
        open += [children.right, children.left]
      }
    }
    return tree
  }

  /// Splits a node, or makes it a leaf.
  private func work(_ open: Open, _ tree: inout GrownTree, isAlone: Bool, _ workspace: NodeWorkspace)
    throws(EngineError) -> (left: Open, right: Open)?
  {
    let orders = rows.orders
    let node = NodeSummary(
      rows.records(orders.first, open.rows), orders.layout, rows.labels, workspace, progress)
    defer { node.clear() }
    guard let split = best(open, node, isAlone: isAlone, workspace) else {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      try leafBudget.spend()
      tree.close(open.node, node)
      return nil
    }
    try passBudget.spend(rows: open.rows.count)
    let test = divider.test(split, open.rows, node, workspace)
    let lefts = divider.mark(split, open.rows, node, workspace)
    divide(open, lefts: lefts, isAlone: isAlone, workspace)
    let (left, right) = (tree.add(), tree.add())
    tree.nodes[open.node] = .split(test, missingLeft: split.missingLeft, left: left, right: right)
    let middle = open.rows.lowerBound + lefts
    return (
      Open(node: left, rows: open.rows.lowerBound..<middle, depth: open.depth + 1),
      Open(node: right, rows: middle..<open.rows.upperBound, depth: open.depth + 1)
    )
  }

  /// Whether the limits alone make a leaf of it.
  private func isLeaf(rows: Int, depth: Int) -> Bool {
    rows < max(limits.fewestToSplit, 2 * limits.fewestRows) || depth >= limits.depth ?? .max
  }

  /// nil when the node stays a leaf.
  private func best(_ open: Open, _ node: NodeSummary, isAlone: Bool, _ workspace: NodeWorkspace) -> DecisionSplit? {
    guard !isLeaf(rows: open.rows.count, depth: open.depth), !node.isPure else { return nil }
    let floor = SplitFloor()
    var best: DecisionSplit?
    if isAlone {
      for column in rows.design.columns.indices {
        guard let split = split(column, open.rows, node, floor, workspace) else { continue }
        if split.worth > best?.worth ?? -.infinity { best = split }
      }
    } else {
      nonisolated(unsafe) let node = node
      let splits = parallelMap(rows.design.columns.count) { column -> DecisionSplit? in
        let own = pool.take()
        defer { pool.give(own) }
        return progress.isCancelled ? nil : split(column, open.rows, node, floor, own)
      }
      for case let split? in splits where split.worth > best?.worth ?? -.infinity { best = split }
    }
    let whole = Measure.worth(node, rows.labels)
    guard let best, (best.worth - whole) / Double(rows.design.rowCount) + .ulpOfOne >= limits.leastDecrease else {
      return nil
    }
    return best
  }

  private func split(
    _ column: Int, _ range: Range<Int>, _ node: NodeSummary, _ floor: SplitFloor, _ workspace: NodeWorkspace
  ) -> DecisionSplit? {
    switch rows.design.columns[column].kind {
    case .number:
      let records = rows.records(of: column, range)
      let known = rows.known(records)
      return finder.cut(column, records, known: known, missing: records.count - known, node, floor, workspace)
    case .category:
      let groups = rows.groups(column, range, node, workspace)
      return finder.cut(column, groups.records, known: groups.known, missing: groups.missing, node, floor, workspace)
    case .oneHot:
      return finder.oneAgainstRest(column, rows.groups(column, range, node, workspace), node, floor, workspace)
    }
  }

  /// Divides the stretch of every order, or only of the one that labels are counted by if no child can be split.
  private func divide(_ open: Open, lefts: Int, isAlone: Bool, _ workspace: NodeWorkspace) {
    let orders = rows.orders
    let depth = open.depth + 1
    if isLeaf(rows: lefts, depth: depth), isLeaf(rows: open.rows.count - lefts, depth: depth) {
      divider.divide(orders[orders.first, open.rows], workspace.sides, workspace)
    } else if isAlone {
      for order in 0..<orders.count { divider.divide(orders[order, open.rows], workspace.sides, workspace) }
    } else {
      parallelFor(orders.count) { order in
        let own = pool.take()
        divider.divide(orders[order, open.rows], workspace.sides, own)
        pool.give(own)
      }
    }
  }
}
