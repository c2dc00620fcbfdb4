import Expressions
import Tables

/// Builds a graph node by node; wiring is checked by the ports' types. How an operator's node is added stands with the operator.
public struct GraphBuilder: Sendable {
  public private(set) var nodes: [Graph.Node] = []
  /// The words that the nodes added from now on carry.
  public var step: String = ""

  /// Nodes that are the same when they are asked for again.
  var lookups: [SharedLookup: Int] = [:]
  var inputs: [Field: Int] = [:]

  public init() {}

  /// Makes room for so many inputs more.
  public mutating func reserve(_ count: Int) {
    nodes.reserveCapacity(nodes.count + count)
    inputs.reserveCapacity(inputs.count + count)
  }

  mutating func add(_ op: Operator, _ inputs: [Int], _ output: PortType) -> Int {
    nodes.append(Graph.Node(op: op, inputs: inputs, step: step, output: output))
    return nodes.count - 1
  }

  /// Gives a column's node a role, or takes it from it.
  public mutating func mark(_ port: ColumnPort, as role: Graph.Role?) {
    nodes[port.node] = nodes[port.node].marked(role)
  }

  /// Gives a vector's node a role.
  public mutating func mark(_ port: VectorPort, as role: Graph.Role) {
    nodes[port.node] = nodes[port.node].marked(role)
  }

  /// The names of the raw columns that a node is made of. O(nodes).
  public func inputs(of node: Int) -> Set<String> {
    var names: Set<String> = []
    var seen: Set<Int> = []
    var open = [node]
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      if case .input(let op) = nodes[next].op { names.insert(op.name) }
      open += nodes[next].inputs
    }
    return names
  }

  public func graph(
    prediction: ColumnPort, probabilities: VectorPort?, classes: [Cell], flags: [Graph.Flag] = []
  ) -> Graph {
    Graph(
      nodes: nodes, prediction: prediction.node, probabilities: probabilities?.node, classes: classes, flags: flags)
  }
}

struct SharedLookup: Hashable {
  let input: Int
  let unseen: Double
  let words: WordList
}
