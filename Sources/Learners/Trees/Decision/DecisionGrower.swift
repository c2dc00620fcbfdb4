import Kernels
import Plan
import Scoring

/// Grows one classification or regression tree, depth first, on columns that are sorted once: a node is a stretch of every
/// column's order, and dividing it keeps each order.
struct DecisionGrower {
  struct Settings: Sendable {
    var criterion: Purity.Criterion
    var depth: Int?
    var fewestToSplit: Int
    var fewestRows: Int
    var leastDecrease: Double
  }

  private struct Open {
    var node: Int
    var rows: Range<Int>
    var depth: Int
  }

  private let design: DesignMatrix
  private let places: [[Double]]
  private let settings: Settings
  private let finder: DecisionSplitFinder
  private let classes: Int
  /// Rows in the order of each feature's values; of a node without features, in their own.
  private var orders: [[Int32]]
  private var goesLeft: [Bool]
  private var nodes: [TreeEnsemble.Node] = [TreeEnsemble.Node(test: .leaf, feature: 0)]
  private var leafValues: [Double] = []
  private var sets: [[UInt64]] = []

  /// `labels` are class codes, or numbers around zero.
  init(_ design: DesignMatrix, labels: [Double], classes: Int, _ settings: Settings, _ progress: Progress)
    throws(EngineError)
  {
    self.design = design
    let places = design.densePlaces
    self.places = places
    self.settings = settings
    self.classes = classes
    finder = DecisionSplitFinder(
      labels: labels, empty: Purity(settings.criterion, classes: classes), fewestRows: Double(settings.fewestRows))
    goesLeft = [Bool](repeating: false, count: design.rowCount)
    let rows = (0..<Int32(design.rowCount)).map { $0 }
    orders =
      places.isEmpty
      ? [rows]
      : parallelMap(places.count) { feature in
        guard case .number = design.features[feature].kind, !progress.isCancelled else { return rows }
        return SortedKeys.order(places[feature], progress)
      }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// The whole tree. O(features × rows) a level.
  mutating func grow(_ progress: Progress) throws(EngineError) -> TreeEnsemble? {
    var open = [Open(node: 0, rows: 0..<design.rowCount, depth: 0)]
    while let next = open.popLast() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      var whole = finder.empty
      for row in orders[0][next.rows] { whole.add(finder.labels[Int(row)]) }
      guard let split = best(next, whole, progress) else {
        try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
        nodes[next.node].feature = leafValues.count
        leafValues += whole.answer
        continue
      }
      let lefts = divide(next.rows, split, progress)
      let (left, right) = (nodes.count, nodes.count + 1)
      nodes += [TreeEnsemble.Node(test: .leaf, feature: 0), TreeEnsemble.Node(test: .leaf, feature: 0)]
      nodes[next.node] = TreeEnsemble.Node(
        test: test(split), feature: split.feature, left: left, right: right, missingLeft: split.missingLeft)
      let middle = next.rows.lowerBound + lefts
      open.append(Open(node: right, rows: middle..<next.rows.upperBound, depth: next.depth + 1))
      open.append(Open(node: left, rows: next.rows.lowerBound..<middle, depth: next.depth + 1))
    }
    let outputs = settings.criterion == .squaredError ? 1 : classes
    return TreeEnsemble(
      features: design.features.count, outputs: outputs, nodes: nodes, trees: [.init(root: 0, output: nil)],
      leafValues: leafValues, sets: sets, base: [Double](repeating: 0, count: outputs))
  }

  /// nil when the node stays a leaf.
  private func best(_ open: Open, _ whole: Purity, _ progress: Progress) -> DecisionSplit? {
    guard open.rows.count >= max(settings.fewestToSplit, 2 * settings.fewestRows), open.depth < settings.depth ?? .max,
      !isPure(open, whole)
    else { return nil }
    let features = design.features.indices
    let isSmall = open.rows.count * features.count < 20_000
    let splits =
      isSmall
      ? features.map { split($0, open, whole, progress) }
      : parallelMap(features.count) {
        progress.isCancelled ? nil : split($0, open, whole, progress)
      }
    var best: DecisionSplit?
    for case let split? in splits where split.worth > best?.worth ?? -.infinity { best = split }
    guard let best, (best.worth - whole.worth) / Double(design.rowCount) + .ulpOfOne >= settings.leastDecrease else {
      return nil
    }
    return best
  }

  private func isPure(_ open: Open, _ whole: Purity) -> Bool {
    guard settings.criterion == .squaredError else { return whole.isPure }
    let labels = orders[0][open.rows].lazy.map { finder.labels[Int($0)] }
    guard let first = labels.first else { return true }
    return labels.allSatisfy { $0 == first }
  }

  private func split(_ feature: Int, _ open: Open, _ whole: Purity, _ progress: Progress) -> DecisionSplit? {
    let rows = orders[feature][open.rows]
    switch design.features[feature].kind {
    case .number: return finder.threshold(feature, places[feature], rows, whole, progress)
    case .category(let count): return finder.categories(feature, count, places[feature], rows, whole)
    }
  }

  /// Divides the stretch of every order; the number of rows that went left.
  private mutating func divide(_ rows: Range<Int>, _ split: DecisionSplit, _ progress: Progress) -> Int {
    let column = places[split.feature]
    var lefts = 0
    for row in orders[0][rows] {
      let left = split.goesLeft(column[Int(row)])
      goesLeft[Int(row)] = left
      lefts += left ? 1 : 0
    }
    var aside: [Int32] = []
    aside.reserveCapacity(rows.count - lefts)
    for feature in orders.indices where !progress.isCancelled {
      aside.removeAll(keepingCapacity: true)
      var end = rows.lowerBound
      for place in rows {
        let row = orders[feature][place]
        if goesLeft[Int(row)] {
          orders[feature][end] = row
          end += 1
        } else {
          aside.append(row)
        }
      }
      for (place, row) in aside.enumerated() { orders[feature][end + place] = row }
    }
    return lefts
  }

  private mutating func test(_ split: DecisionSplit) -> TreeEnsemble.Node.Test {
    switch split.test {
    case .atMost(let threshold): return .atMost(threshold)
    case .categories(let codes):
      var set = [UInt64](repeating: 0, count: ((codes.last ?? 0) + 64) / 64)
      for code in codes { set[code / 64] |= 1 << UInt64(code % 64) }
      sets.append(set)
      return .member(set: sets.count - 1)
    }
  }
}
