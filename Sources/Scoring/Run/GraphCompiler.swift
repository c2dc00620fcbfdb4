import Expressions
import Tables

/// Makes the nodes of a graph ready to run, one after the other, and settles how their vectors lie in memory.
struct GraphCompiler {
  private struct WordKey: Hashable {
    let input: Int
    let words: WordList
  }

  let nodes: [Graph.Node]
  /// Of the nodes so far; nil for columns.
  private(set) var layouts: [VectorLayout?]
  /// The widest vector with one-hot runs that is needed as doubles: what gathers a row of it.
  private(set) var expandedWidth = 0
  private var lists: [WordKey: Int] = [:]
  var wordLists: Int { lists.count }

  init(_ nodes: [Graph.Node]) {
    self.nodes = nodes
    layouts = [VectorLayout?](repeating: nil, count: nodes.count)
  }

  /// The kernel of a node that fits its inputs; those come before it and were made ready.
  mutating func kernel(_ place: Int) throws(GraphError) -> (any OperatorKernel)? {
    let node = nodes[place]
    if case .vector(let width) = node.output { layouts[place] = VectorLayout(width: width) }
    return try node.op.own.kernel(Wiring(node: place, inputs: node.inputs), &self)
  }

  // MARK: For operators

  /// How the vector of a node that was made ready lies in memory.
  func layout(_ node: Int) -> VectorLayout { layouts[node] ?? VectorLayout(width: 0) }

  /// Lets the vector of the node at hand lie otherwise than as doubles.
  mutating func lay(_ node: Int, as layout: VectorLayout) { layouts[node] = layout }

  /// The width of a vector whose rows are asked for with all their places, by `GraphRegisters.whole`.
  mutating func whole(_ node: Int) -> Int {
    let layout = layout(node)
    if !layout.coded.isEmpty { expandedWidth = max(expandedWidth, layout.width) }
    return layout.width
  }

  /// The places of a node's texts among words.
  mutating func places(of node: Int, in words: [String]) -> WordPlaces {
    let key = WordKey(input: node, words: WordList(words))
    if let list = lists[key] { return WordPlaces(list: list, words: nil) }
    lists[key] = lists.count
    return WordPlaces(list: lists.count - 1, words: TextSet(words))
  }
}
