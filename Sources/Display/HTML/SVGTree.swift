import Notation

/// A tree as SVG: the root at the left, the leaves under each other at the right, boxes in the colours of their answers.
struct SVGTree {
  private static let box = (width: 196.0, height: 38.0)
  private static let gap = (x: 34.0, y: 8.0)
  private let tree: TreeDisplay
  private let frame = SVGFrame(height: 0, left: 0, hasTitle: false)
  /// The upper edge of each node's box.
  private var tops: [Double]
  private var parents: [Int?]

  init(_ tree: TreeDisplay) {
    self.tree = tree
    tops = [Double](repeating: 0, count: tree.nodes.count)
    parents = [Int?](repeating: nil, count: tree.nodes.count)
    place()
  }

  /// Nodes without others below stand under each other, the rest in the middle of their own.
  private mutating func place() {
    var path: [Int] = []
    for (place, node) in tree.nodes.enumerated() {
      while let last = path.last, tree.nodes[last].depth >= node.depth { path.removeLast() }
      parents[place] = path.last
      path.append(place)
    }
    let inner = Set(parents.compactMap { $0 })
    var next = Self.gap.y
    for place in tree.nodes.indices where !inner.contains(place) {
      tops[place] = next
      next += Self.box.height + Self.gap.y
    }
    var ends: [Int: (first: Double, last: Double)] = [:]
    for place in tree.nodes.indices.reversed() {
      if let own = ends[place] { tops[place] = (own.first + own.last) / 2 }
      guard let parent = parents[place] else { continue }
      ends[parent] = (tops[place], ends[parent]?.last ?? tops[place])
    }
  }

  private func left(_ node: Int) -> Double {
    4 + Double(tree.nodes[node].depth) * (Self.box.width + Self.gap.x)
  }

  func drawing() -> String {
    let width = 8 + Self.box.width + Double(tree.nodes.map(\.depth).max() ?? 0) * (Self.box.width + Self.gap.x)
    let height = (tops.max() ?? 0) + Self.box.height + Self.gap.y
    let parts = tree.nodes.indices.compactMap(branch) + tree.nodes.indices.flatMap(box)
    let size = "viewBox=\"0 0 \(SVGFrame.number(width)) \(SVGFrame.number(height))\""
    let style = "style=\"max-width:\(SVGFrame.number(width))px;min-width:\(SVGFrame.number(width * 0.7))px\""
    return
      "<svg \(size) \(style) role=\"img\" aria-label=\"decision tree\">\n\(parts.joined(separator: "\n"))\n</svg>"
  }

  private func branch(_ node: Int) -> String? {
    guard let parent = parents[node] else { return nil }
    let from = (left(parent) + Self.box.width, tops[parent] + Self.box.height / 2)
    let to = (left(node), tops[node] + Self.box.height / 2)
    let places = [from, ((from.0 + to.0) / 2, from.1), ((from.0 + to.0) / 2, to.1), to]
    let words = places.map { "\(SVGFrame.number($0.0)),\(SVGFrame.number($0.1))" }.joined(separator: " ")
    return "<polyline class=\"branch\" points=\"\(words)\"/>"
  }

  private func box(_ place: Int) -> [String] {
    let node = tree.nodes[place]
    let more = node.omitted > 0 ? " … (\(node.omitted) below)" : ""
    let (x, y) = (left(place), tops[place])
    return [
      frame.rectangle(
        x: x, y: y, width: Self.box.width, height: Self.box.height, series: node.series % Plot.mostSeries,
        opacity: 0.1 + 0.35 * min(max(node.share ?? 0.3, 0), 1), tip: "\(node.ruleText): \(node.figures)\(more)"),
      frame.text(TextWidth.cut(node.ruleText, to: 30), x + 7, y + 15),
      frame.text(TextWidth.cut(node.figures + more, to: 30), x + 7, y + 31, css: "answer"),
    ]
  }
}

extension HTMLRenderer {
  func element(_ tree: TreeDisplay) -> String {
    let caption = tree.title.map { "<figcaption>\(HTMLText.escaped($0))</figcaption>\n" } ?? ""
    return """
      <figure>
      \(caption)<div class="tree">
      \(SVGTree(tree).drawing())
      </div>
      <p class="dim">\(HTMLText.escaped(tree.summary))</p>
      </figure>
      """
  }
}
