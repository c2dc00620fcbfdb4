import Descriptions
import Display
import Explanation
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// A tree as it is read: its rules in words, with the training rows that come to each.
struct TreeReading {
  private let tree: FittedTree
  private let model: Model
  /// Training rows at each node; nil for a model from a package.
  private let rows: [Int]?
  /// Columns of which a training row had no value.
  private let gaps: Set<String>

  /// Throws `unsupported` for a model that is no single tree, and what scoring throws.
  init(_ model: Model, _ progress: Progress) throws(EngineError) {
    guard let tree = FittedTree(model.graph) else { throw EngineError(.subject(.noTree([model.algorithm]))) }
    self.tree = tree
    self.model = model
    rows = try tree.rowCounts(model, progress)
    let fitted = try model.split.map { split throws(EngineError) in try split.trainingRows(progress) }
    gaps = Set(tree.places.map(\.column)).filter { (fitted?[$0]?.missingCount ?? 0) > 0 }
  }

  /// A node that is shown.
  private struct Shown {
    let node: Int
    let depth: Int
    let parent: Int?
    let isLeft: Bool
    /// What the leaves below hold, each as often as rows come to it.
    var sums: [Double]
    /// Nodes below.
    var below = 0
    var children: [Int] = []
  }

  /// The nodes at most `levels` rules below the root. O(nodes × outputs).
  func display(levels: Int) -> TreeDisplay {
    let shown = self.shown(levels)
    var nodes: [TreeDisplay.Node] = []
    var open = [0]
    while let place = open.popLast() {
      nodes.append(node(shown, place))
      open += shown[place].children.reversed()
    }
    let leaves = tree.ensemble.nodes.count { $0.test == .leaf }
    let what = model.label.map { " of \($0.name)" } ?? ""
    let whose = rows == nil ? "" : ", with the training rows at each node"
    return TreeDisplay(
      title: "tree\(what)\(whose)", nodes: nodes, totalNodes: tree.ensemble.nodes.count, totalLeaves: leaves)
  }

  /// The classes that most rows of each shown node are, level by level: more than one where they are equally many, none of a number.
  func mostFrequent(levels: Int) -> [[Cell]] {
    let classes = model.label?.classes ?? []
    return shown(levels).map { node in
      let most = node.sums.max() ?? 0
      // Shares of leaves add up to whole rows but for their rounding.
      return zip(classes, node.sums).filter { most > 0 && $0.1 >= most * (1 - 1e-9) }.map(\.0)
    }
  }

  private func shown(_ levels: Int) -> [Shown] {
    let ensemble = tree.ensemble
    let none = [Double](repeating: 0, count: ensemble.outputs)
    var shown = [Shown(node: tree.root, depth: 0, parent: nil, isLeft: true, sums: none)]
    /// The shown node that each belongs to.
    var owner = [Int32](repeating: -1, count: ensemble.nodes.count)
    owner[tree.root] = 0
    for (place, node) in ensemble.nodes.enumerated() where owner[place] >= 0 {
      let own = Int(owner[place])
      if node.test == .leaf {
        let weight = Double(rows?[place] ?? 1)
        for output in 0..<ensemble.outputs {
          shown[own].sums[output] += weight * ensemble.leafValues[node.feature + output]
        }
      } else if shown[own].node == place, shown[own].depth < levels {
        for child in [node.left, node.right] {
          owner[child] = Int32(truncatingIfNeeded: shown.count)
          shown[own].children.append(shown.count)
          shown.append(
            Shown(node: child, depth: shown[own].depth + 1, parent: own, isLeft: child == node.left, sums: none))
        }
      } else {
        owner[node.left] = owner[place]
        owner[node.right] = owner[place]
        shown[own].below += 2
      }
    }
    for place in shown.indices.reversed() {
      guard let parent = shown[place].parent else { continue }
      for output in none.indices { shown[parent].sums[output] += shown[place].sums[output] }
    }
    return shown
  }

  private func node(_ shown: [Shown], _ place: Int) -> TreeDisplay.Node {
    let own = shown[place]
    let test = tree.ensemble.nodes[own.node].test
    let answer = answer(own.sums, rows: rows?[own.node], isLeaf: test == .leaf)
    return TreeDisplay.Node(
      rule: own.parent.map { rule(tree.ensemble.nodes[shown[$0].node], isLeft: own.isLeft) }, depth: own.depth,
      rows: rows?[own.node], answer: answer.cell, share: answer.share, series: answer.series, isLeaf: test == .leaf,
      omitted: own.below)
  }

  /// What most of the rows are, or their mean; of a package only the leaves know.
  private func answer(_ sums: [Double], rows: Int?, isLeaf: Bool) -> (cell: Cell, share: Double?, series: Int) {
    guard isLeaf || rows != nil else { return (.missing, nil, 0) }
    guard let classes = model.label?.classes, !classes.isEmpty else {
      return (.figure(sums.first.map { $0 / Double(rows ?? 1) }.flatMap { $0.isFinite ? $0 : nil }), nil, 0)
    }
    let all = sums.reduce(0, +)
    guard let most = sums.indices.max(by: { (sums[$0], $1) < (sums[$1], $0) }), all > 0, most < classes.count else {
      return (.missing, nil, 0)
    }
    return (classes[most], sums[most] / all, most)
  }

  // MARK: Rules

  /// How rows go on from a node to the left or the right, as a condition is written.
  private func rule(_ node: TreeEnsemble.Node, isLeft: Bool) -> String {
    let feature = tree.places[node.feature]
    let missing = gaps.contains(feature.column) && node.missingLeft == isLeft ? " or missing" : ""
    let name = ScriptText.name(feature.column)
    switch (node.test, feature.meaning) {
    case (.leaf, _): return ""
    case (.member(let set), .category(let words)):
      return "\(name) \(chosen(words, tree.ensemble.sets[set], isLeft: isLeft))\(missing)"
    case (.member, _): return "\(name) \(isLeft ? "in" : "not in") a set\(missing)"
    case (.atMost, .indicator(let value)):
      return "\(name) \(isLeft ? "!=" : "==") \(value.map { RawValue.text($0).description } ?? "missing")"
    case (.atMost, .number(.bool)): return "\(name) == \(isLeft ? "false" : "true")\(missing)"
    case (.atMost(let bound), .number(let type)):
      return "\(name) \(isLeft ? "<=" : ">") \(Self.written(bound, type))\(missing)"
    case (.atMost(let bound), .category), (.atMost(let bound), .part):
      return "\(ScriptText.name(feature.name)) \(isLeft ? "<=" : ">") \(Self.written(bound, .float))\(missing)"
    }
  }

  /// A bound as cells of that type are written: six digits tell rows apart where four would not.
  private static func written(_ bound: Double, _ type: ColumnType) -> String {
    switch type {
    case .date: Int32(exactly: bound.rounded(.down)).map { "@\(Cell.date($0))" } ?? "\(bound)"
    case .datetime: Int64(exactly: (bound * 1e6).rounded(.down)).map { "@\(Cell.datetime($0))" } ?? "\(bound)"
    case .bool, .int, .float, .text, .vector: NumberText.of(bound, .significant(6))
    }
  }

  /// The words of one side, by whichever of both is shorter.
  private func chosen(_ words: [String], _ set: [UInt64], isLeft: Bool) -> String {
    let isIn = words.indices.map { $0 / 64 < set.count && set[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    let left = words.indices.filter { isIn[$0] }.map { words[$0] }
    let right = words.indices.filter { !isIn[$0] }.map { words[$0] }
    let own = isLeft ? left : right
    let other = isLeft ? right : left
    let isPlain = own.count <= other.count || other.isEmpty
    let listed = isPlain ? own : other
    let texts = listed.map { RawValue.text($0).description }
    if texts.count == 1 { return "\(isPlain ? "==" : "!=") \(texts[0])" }
    return "\(isPlain ? "in" : "not in") [\(NameList.of(texts, most: 5))]"
  }
}
