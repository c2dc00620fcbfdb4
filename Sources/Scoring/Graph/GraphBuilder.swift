import Expressions
import Tables

/// Builds a graph node by node; wiring is checked by the ports' types.
public struct GraphBuilder: Sendable {
  public private(set) var nodes: [Graph.Node] = []
  /// The words that the nodes added from now on carry.
  public var step: String = ""

  private var lookups: [SharedLookup: Int] = [:]
  private var inputs: [Field: Int] = [:]

  public init() {}

  private mutating func add(_ op: Operator, _ inputs: [Int], _ output: PortType) -> Int {
    nodes.append(Graph.Node(op: op, inputs: inputs, step: step, output: output))
    return nodes.count - 1
  }

  /// Gives a column's node a role.
  public mutating func mark(_ port: ColumnPort, as role: Graph.Role) {
    nodes[port.node] = nodes[port.node].marked(role)
  }

  /// A raw column; asked again for the same one it is the same node.
  public mutating func input(_ name: String, _ type: ColumnType) -> ColumnPort {
    let field = Field(name, type)
    let node = inputs[field] ?? add(.input(name, type), [], .column(type))
    inputs[field] = node
    return ColumnPort(node: node, type: type)
  }

  /// An expression over columns that `ports` names; nil when one of its columns is not in `ports`.
  public mutating func expression(_ expression: Expression, _ ports: [String: ColumnPort]) -> ColumnPort? {
    let wired = expression.columns.compactMap { ports[$0]?.node }
    guard wired.count == expression.columns.count else { return nil }
    return ColumnPort(node: add(.expression(expression), wired, .column(expression.type)), type: expression.type)
  }

  /// The place of a column's text among `words`; asked again for the same words of the same port it is the same node.
  public mutating func lookup(_ port: ColumnPort, words: [String], unseen: Double = -1) -> ColumnPort {
    let lookup = SharedLookup(input: port.node, unseen: unseen, words: WordList(words))
    let node = lookups[lookup] ?? add(.lookup(words: words, unseen: unseen), [port.node], .column(.float))
    lookups[lookup] = node
    return ColumnPort(node: node, type: .float)
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

private struct SharedLookup: Hashable {
  let input: Int
  let unseen: Double
  let words: WordList
}
