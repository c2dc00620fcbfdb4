import Kernels
import Plan
import Synchronization

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

  private let design: DesignMatrix
  private let orders: ColumnOrders
  private let labels: TreeLabels
  private let limits: GrowthLimits
  private let finder: DecisionSplitFinder<Measure>
  private let pool: WorkspacePool
  private let budget: LeafBudget
  private let progress: Progress

  init(
    _ design: DesignMatrix, _ orders: ColumnOrders, _ labels: TreeLabels, _ limits: GrowthLimits, _ progress: Progress
  ) {
    self.design = design
    self.orders = orders
    self.labels = labels
    self.limits = limits
    self.progress = progress
    finder = DecisionSplitFinder(
      layout: orders.layout, labels: labels, fewestRows: limits.fewestRows, progress: progress)
    let (rows, classes) = (design.rowCount, labels.classes)
    let categories = design.columns.map(\.categories).max() ?? 0
    pool = WorkspacePool { NodeWorkspace(rows: rows, classes: classes, categories: categories) }
    budget = LeafBudget(rows: rows, classes: classes)
  }

  /// The whole tree: what is grown first, then its subtrees. O(columns × rows) a level.
  func grow() throws(EngineError) -> (top: GrownTree, below: [GrownTree]) {
    let cells = design.rowCount * max(design.columns.count, 1)
    let small = min(max(cells / 32, 1 << 15), 1 << 20)
    var deferred: [Open] = []
    let top = try grow(Open(node: 0, rows: 0..<design.rowCount, depth: 0), small, &deferred)
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
      if let small, next.rows.count * max(design.columns.count, 1) < small {
        tree.nodes[next.node] = .below(deferred.count)
        deferred.append(next)
        continue
      }
      let node = NodeSummary(self.records(orders.first, next.rows), orders.layout, labels, workspace, progress)
      defer { node.clear() }
      guard let split = best(next, node, isAlone: small == nil, workspace) else {
        try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
        try budget.spend()
        tree.close(next.node, node)
        continue
      }
      let test = test(split, next.rows, node, workspace)
      let lefts = mark(split, next.rows, node, workspace)
      divide(next, lefts: lefts, isAlone: small == nil, workspace)
      let (left, right) = (tree.add(), tree.add())
      tree.nodes[next.node] = .split(test, missingLeft: split.missingLeft, left: left, right: right)
      let middle = next.rows.lowerBound + lefts
      open.append(Open(node: right, rows: middle..<next.rows.upperBound, depth: next.depth + 1))
      open.append(Open(node: left, rows: next.rows.lowerBound..<middle, depth: next.depth + 1))
    }
    return tree
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
      for column in design.columns.indices {
        guard let split = split(column, open.rows, node, floor, workspace) else { continue }
        if split.worth > best?.worth ?? -.infinity { best = split }
      }
    } else {
      nonisolated(unsafe) let node = node
      let splits = parallelMap(design.columns.count) { column -> DecisionSplit? in
        let own = pool.take()
        defer { pool.give(own) }
        return progress.isCancelled ? nil : split(column, open.rows, node, floor, own)
      }
      for case let split? in splits where split.worth > best?.worth ?? -.infinity { best = split }
    }
    let whole = Measure.worth(node, labels)
    guard let best, (best.worth - whole) / Double(design.rowCount) + .ulpOfOne >= limits.leastDecrease else {
      return nil
    }
    return best
  }

  private func split(
    _ column: Int, _ rows: Range<Int>, _ node: NodeSummary, _ floor: SplitFloor, _ workspace: NodeWorkspace
  ) -> DecisionSplit? {
    switch design.columns[column].kind {
    case .number:
      let records = records(orders.places[column], rows)
      let known = known(records)
      return finder.cut(
        column, records, known: known, missing: records.count - known, node, floor, workspace)
    case .category:
      let groups = groups(column, rows, node, workspace)
      return finder.cut(
        column, groups.records, known: groups.known, missing: groups.missing, node, floor, workspace)
    case .oneHot:
      return finder.oneAgainstRest(column, groups(column, rows, node, workspace), node, floor, workspace)
    }
  }

  private func records(_ order: Int, _ rows: Range<Int>) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(orders[order, rows])
  }

  /// How many of a column's records have a value. O(log rows).
  private func known(_ records: UnsafeBufferPointer<UInt64>) -> Int {
    guard let last = records.last, orders.layout.isMissing(last) else { return records.count }
    var (low, high) = (0, records.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if orders.layout.isMissing(records[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func groups(_ column: Int, _ rows: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace)
    -> CategoryGroups
  {
    let source = design.columns[column]
    var isOneHot = false
    if case .oneHot = source.kind { isOneHot = true }
    return CategoryGroups(
      records(orders.places[column], rows), source.codes ?? [], count: source.categories, byLabel: !isOneHot, node,
      orders.layout, labels, workspace, progress)
  }

  private func test(_ split: DecisionSplit, _ rows: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace)
    -> GrownTree.Test
  {
    let column = design.columns[split.column]
    let place = design.starts[split.column]
    switch column.kind {
    case .number:
      let records = records(orders.places[split.column], rows)
      let low = column.number(orders.layout.row(records[split.taken - 1]))
      let next = records[split.taken]
      if orders.layout.isMissing(next) { return .atMost(place, .greatestFiniteMagnitude) }
      return .atMost(place, FeatureBins.middle(low, column.number(orders.layout.row(next))))
    case .category:
      let groups = groups(split.column, rows, node, workspace)
      return .categories(place, zip(groups.codes, groups.ends).prefix { $1 <= split.taken }.map(\.0))
    case .oneHot:
      return .atMost(place + split.taken, 0.5)
    }
  }

  /// Notes the side of each row in the workspace; the number of rows that go left.
  private func mark(_ split: DecisionSplit, _ rows: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace) -> Int
  {
    let records: UnsafeBufferPointer<UInt64>
    var missing = 0
    switch design.columns[split.column].kind {
    case .number:
      records = self.records(orders.places[split.column], rows)
      missing = records.count - known(records)
    case .category:
      let groups = groups(split.column, rows, node, workspace)
      records = groups.records
      missing = groups.missing
    case .oneHot:
      return markRest(split, self.records(orders.places[split.column], rows), workspace)
    }
    let layout = orders.layout
    let lost = records.count - missing
    for place in 0..<records.count {
      if place & 0xFFFF == 0, progress.isCancelled { break }
      let row = layout.row(records[place])
      workspace.note(row, isLeft: place < split.taken || (split.missingLeft && place >= lost))
    }
    return split.taken + (split.missingLeft ? missing : 0)
  }

  /// All but one category go left.
  private func markRest(_ split: DecisionSplit, _ records: UnsafeBufferPointer<UInt64>, _ workspace: NodeWorkspace)
    -> Int
  {
    let layout = orders.layout
    let codes = design.columns[split.column].codes ?? []
    return codes.withUnsafeBufferPointer { codes in
      var lefts = 0
      for place in 0..<records.count {
        if place & 0xFFFF == 0, progress.isCancelled { break }
        let row = layout.row(records[place])
        let isLeft = Int(codes[row]) != split.taken
        lefts += isLeft ? 1 : 0
        workspace.note(row, isLeft: isLeft)
      }
      return lefts
    }
  }

  /// Divides the stretch of every order, or only of the one that labels are counted by if no child can be split.
  private func divide(_ open: Open, lefts: Int, isAlone: Bool, _ workspace: NodeWorkspace) {
    let depth = open.depth + 1
    if isLeaf(rows: lefts, depth: depth), isLeaf(rows: open.rows.count - lefts, depth: depth) {
      divide(orders[orders.first, open.rows], workspace.sides, workspace)
    } else if isAlone {
      for order in 0..<orders.count { divide(orders[order, open.rows], workspace.sides, workspace) }
    } else {
      parallelFor(orders.count) { order in
        let own = pool.take()
        divide(orders[order, open.rows], workspace.sides, own)
        pool.give(own)
      }
    }
  }

  @inline(never)
  private func divide(
    _ records: UnsafeMutableBufferPointer<UInt64>, _ sides: UnsafePointer<UInt64>, _ workspace: NodeWorkspace
  ) {
    guard let base = records.baseAddress else { return }
    let layout = orders.layout
    let aside = workspace.reserve(records.count)
    var (left, right) = (0, 0)
    for start in stride(from: 0, to: records.count, by: 0x4000) {
      if progress.isCancelled { return }
      for place in start..<min(start &+ 0x4000, records.count) {
        let record = base[place]
        let row = layout.row(record)
        let isLeft = Int(sides[row &>> 6] &>> UInt64(row & 63) & 1)
        base[left] = record
        aside[right] = record
        left &+= isLeft
        right &+= 1 &- isLeft
      }
    }
    (base + left).update(from: aside, count: right)
  }
}

extension DesignColumn {
  /// How many categories a column of codes has.
  fileprivate var categories: Int {
    switch kind {
    case .number: 0
    case .category(let count), .oneHot(let count): count
    }
  }

  fileprivate func number(_ row: Int) -> Double {
    var value = 0.0
    read(row..<row + 1, into: &value)
    return value
  }
}
