import Notation

extension TextRenderer {
  /// Rules under each other, indented by their depth, each with its rows, its answer and the share of that.
  func lines(_ tree: TreeDisplay) -> [String] {
    let title = heading(tree.title)
    let branches = TreeBranches(tree, unicode: unicode)
    let rules = zip(branches.first, tree.nodes).map { $0 + $1.ruleText + more($1) }
    let figures = aligned(tree.nodes)
    let ruleWidth = rules.map(TextWidth.of).max() ?? 0
    let needed = ruleWidth + 2 + (figures.map(TextWidth.of).max() ?? 0)
    let body =
      needed <= width ?? needed
      ? zip(rules, figures).map { TextWidth.pad($0, to: ruleWidth) + "  " + $1 }
      : zip(tree.nodes.indices, tree.nodes).flatMap { wrapped($1, branches.first[$0], branches.rest[$0]) }
    return title + body.map { String($0.reversed().drop { $0 == " " }.reversed()) } + over("(\(tree.summary))", .dim)
  }

  private func more(_ node: TreeDisplay.Node) -> String {
    node.omitted > 0 ? " \(ellipsis) (\(node.omitted) below)" : ""
  }

  /// Rows, answer and share of each node, each in a column of its own.
  private func aligned(_ nodes: [TreeDisplay.Node]) -> [String] {
    let rows = nodes.map { $0.rows.map { counted($0, "row") } ?? "" }
    let answers = nodes.map(\.answerText)
    let shares = nodes.map(\.shareText)
    let widths = [rows, answers, shares].map { $0.map(TextWidth.of).max() ?? 0 }
    return nodes.indices.map { place in
      let parts = [
        (rows[place], widths[0], Alignment.right), (answers[place], widths[1], .left),
        (shares[place], widths[2], .right),
      ]
      return parts.filter { $0.1 > 0 }.map { TextWidth.pad($0.0, to: $0.1, $0.2) }.joined(separator: "  ")
    }
  }

  /// A node on a narrow screen: its rule, and below it the figures.
  private func wrapped(_ node: TreeDisplay.Node, _ first: String, _ rest: String) -> [String] {
    let room = width.map { max(8, $0 - TextWidth.of(first)) }
    let texts =
      TextWrap.lines(node.ruleText + more(node), width: room, indent: 2)
      + TextWrap.lines("  " + node.figures, width: room, indent: 2)
    return texts.enumerated().map { ($0 == 0 ? first : rest) + $1 }
  }
}

/// What stands before each node: branches from the nodes above.
private struct TreeBranches {
  /// Before its rule.
  private(set) var first: [String] = []
  /// Before further lines of it.
  private(set) var rest: [String] = []

  init(_ tree: TreeDisplay, unicode: Bool) {
    let signs = unicode ? ("├─ ", "└─ ", "│  ") : ("|- ", "`- ", "|  ")
    /// Of each depth whether another node of the same parent follows.
    var follows: [Bool] = []
    for (place, node) in tree.nodes.enumerated() {
      follows = Array(follows.prefix(max(0, node.depth - 1)))
      guard node.depth > 0 else {
        first.append("")
        rest.append("")
        continue
      }
      let isFollowed = tree.nodes[(place + 1)...].first { $0.depth <= node.depth }?.depth == node.depth
      let above = follows.map { $0 ? signs.2 : "   " }.joined()
      first.append(above + (isFollowed ? signs.0 : signs.1))
      follows.append(isFollowed)
      rest.append(above + (isFollowed ? signs.2 : "   "))
    }
  }
}
