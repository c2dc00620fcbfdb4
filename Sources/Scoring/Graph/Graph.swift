import Expressions
import Tables

/// What flows out of a node.
public enum PortType: Sendable, Hashable {
  case column(ColumnType)
  /// A number of doubles a row.
  case vector(Int)
}

/// A node's output that carries a column.
public struct ColumnPort: Sendable, Hashable {
  public let node: Int
  public let type: ColumnType
}

/// A node's output that carries a vector of `width` doubles a row.
public struct VectorPort: Sendable, Hashable {
  public let node: Int
  public let width: Int
}

/// Either.
public enum Port: Sendable, Hashable {
  case column(ColumnPort)
  case vector(VectorPort)

  public var node: Int {
    switch self {
    case .column(let port): port.node
    case .vector(let port): port.node
    }
  }
}

/// The scoring graph from raw columns to the answer: what prompt, server, packages and exports all consume.
///
/// Nodes are in an order in which every input comes before its user.
public struct Graph: Sendable, Hashable {
  public struct Node: Sendable, Hashable {
    public let op: Operator
    /// Places of the nodes whose outputs it takes.
    public let inputs: [Int]
    /// The step's words, as a refusal or a plan shows them: `impute age = median`.
    public let step: String
    public let output: PortType

    public init(op: Operator, inputs: [Int], step: String, output: PortType) {
      self.op = op
      self.inputs = inputs
      self.step = step
      self.output = output
    }
  }

  /// A yes-or-no remark about a scored row: outside a recorded filter, or with an unseen category.
  public struct Flag: Sendable, Hashable {
    public let name: String
    /// A bool column; true flags the row.
    public let node: Int

    public init(name: String, node: Int) {
      self.name = name
      self.node = node
    }
  }

  public let nodes: [Node]
  /// The node whose column is the prediction.
  public let prediction: Int
  /// The node whose vector holds a probability per class; nil for a regression.
  public let probabilities: Int?
  /// The classes in the order of the probabilities; empty for a regression.
  public let classes: [Cell]
  public let flags: [Flag]

  /// The raw columns, in the order of the input nodes.
  public var inputs: [Field] {
    nodes.compactMap { if case .input(let name, let type) = $0.op { Field(name, type) } else { nil } }
  }

  /// The same nodes with one column on the way as the whole answer; nil where that node gives no column.
  public func answering(_ node: Int) -> Graph? {
    guard nodes.indices.contains(node), case .column = nodes[node].output else { return nil }
    return Graph(nodes: nodes, prediction: node, probabilities: nil, classes: [], flags: [])
  }
}

extension Graph {
  /// The same answers without the nodes that none of them needs: inputs that the model does not use are not asked for.
  public func pruned() -> Graph {
    var needed = [Bool](repeating: false, count: nodes.count)
    for node in [prediction, probabilities].compactMap({ $0 }) + flags.map(\.node) { needed[node] = true }
    for place in nodes.indices.reversed() where needed[place] {
      for input in nodes[place].inputs { needed[input] = true }
    }
    var moved = [Int](repeating: -1, count: nodes.count)
    var kept: [Node] = []
    for place in nodes.indices where needed[place] {
      moved[place] = kept.count
      let node = nodes[place]
      kept.append(Node(op: node.op, inputs: node.inputs.map { moved[$0] }, step: node.step, output: node.output))
    }
    return Graph(
      nodes: kept, prediction: moved[prediction], probabilities: probabilities.map { moved[$0] }, classes: classes,
      flags: flags.map { Flag(name: $0.name, node: moved[$0.node]) })
  }
}

/// Builds a graph node by node; wiring is checked by the ports' types.
public struct GraphBuilder: Sendable {
  public private(set) var nodes: [Graph.Node] = []
  /// The words that the nodes added from now on carry.
  public var step: String = ""

  public init() {}

  private mutating func add(_ op: Operator, _ inputs: [Int], _ output: PortType) -> Int {
    let node = Graph.Node(op: op, inputs: inputs, step: step, output: output)
    // Equal nodes are one node: two steps that read one raw column share its input.
    let isShared = if case .input = op { true } else { false }
    if isShared, let place = nodes.firstIndex(where: { $0.op == op }) { return place }
    nodes.append(node)
    return nodes.count - 1
  }

  public mutating func input(_ name: String, _ type: ColumnType) -> ColumnPort {
    ColumnPort(node: add(.input(name, type), [], .column(type)), type: type)
  }

  /// An expression over columns that `ports` names; nil when one of its columns is not in `ports`.
  public mutating func expression(_ expression: Expression, _ ports: [String: ColumnPort]) -> ColumnPort? {
    let wired = expression.columns.compactMap { ports[$0]?.node }
    guard wired.count == expression.columns.count else { return nil }
    return ColumnPort(node: add(.expression(expression), wired, .column(expression.type)), type: expression.type)
  }

  public mutating func lookup(_ port: ColumnPort, words: [String], unseen: Double = -1) -> ColumnPort {
    ColumnPort(node: add(.lookup(words: words, unseen: unseen), [port.node], .column(.float)), type: .float)
  }

  public mutating func oneHot(_ port: ColumnPort, words: [String], missingPlace: Bool) -> VectorPort {
    let width = words.count + (missingPlace ? 1 : 0)
    let node = add(.oneHot(words: words, missingPlace: missingPlace), [port.node], .vector(width))
    return VectorPort(node: node, width: width)
  }

  public mutating func concatenate(_ ports: [Port]) -> VectorPort {
    let width = ports.reduce(0) { sum, port in
      if case .vector(let vector) = port { sum + vector.width } else { sum + 1 }
    }
    return VectorPort(node: add(.concatenate, ports.map(\.node), .vector(width)), width: width)
  }

  public mutating func fill(_ port: VectorPort, _ values: [Double]) -> VectorPort {
    VectorPort(node: add(.fill(values), [port.node], .vector(port.width)), width: port.width)
  }

  public mutating func affine(_ port: VectorPort, scale: [Double], offset: [Double]) -> VectorPort {
    VectorPort(node: add(.affine(scale: scale, offset: offset), [port.node], .vector(port.width)), width: port.width)
  }

  public mutating func linear(_ port: VectorPort, weights: [[Double]], intercepts: [Double]) -> VectorPort {
    let node = add(.linear(weights: weights, intercepts: intercepts), [port.node], .vector(weights.count))
    return VectorPort(node: node, width: weights.count)
  }

  public mutating func trees(_ port: VectorPort, _ ensemble: TreeEnsemble) -> VectorPort {
    let node = add(.trees(ensemble), [port.node], .vector(ensemble.outputs))
    return VectorPort(node: node, width: ensemble.outputs)
  }

  public mutating func constant(_ port: VectorPort, _ values: [Double]) -> VectorPort {
    VectorPort(node: add(.constant(values), [port.node], .vector(values.count)), width: values.count)
  }

  public mutating func link(_ port: VectorPort, _ link: Link) -> VectorPort {
    let width = link == .sigmoid ? 2 : port.width
    return VectorPort(node: add(.link(link), [port.node], .vector(width)), width: width)
  }

  public mutating func decide(_ port: VectorPort, classes: [Cell], threshold: Double?) -> ColumnPort {
    let type = classes.first?.type ?? .text
    let node = add(.decide(classes: classes, threshold: threshold), [port.node], .column(type))
    return ColumnPort(node: node, type: type)
  }

  public mutating func element(_ port: VectorPort, _ place: Int) -> ColumnPort {
    ColumnPort(node: add(.element(place), [port.node], .column(.float)), type: .float)
  }

  public func graph(
    prediction: ColumnPort, probabilities: VectorPort?, classes: [Cell], flags: [Graph.Flag] = []
  ) -> Graph {
    Graph(
      nodes: nodes, prediction: prediction.node, probabilities: probabilities?.node, classes: classes, flags: flags)
  }
}
