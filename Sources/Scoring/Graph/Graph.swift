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
    /// What it is for; nil for most.
    public let role: Role?

    public init(op: Operator, inputs: [Int], step: String, output: PortType, role: Role? = nil) {
      self.op = op
      self.inputs = inputs
      self.step = step
      self.output = output
      self.role = role
    }

    /// The same node with a role.
    func marked(_ role: Role?) -> Node { Node(op: op, inputs: inputs, step: step, output: output, role: role) }
  }

  /// What a node is for, beyond what it computes.
  public enum Role: Sendable, Hashable {
    /// What a mask makes of the raw column of that name: this is recorded of a row, and not the raw cell.
    case mask(of: String)
    /// A raw column of a level that is guarded: without a mask it is not recorded.
    case classified(ColumnLevel)
    /// The feature vector that a learner took: the column that each of the node's inputs is.
    case features([String])
  }

  /// A yes-or-no remark about a scored row: outside a recorded filter, with an unseen category, or broken a guard.
  public struct Flag: Sendable, Hashable {
    /// What is remarked; of a guard its rule.
    public let name: String
    /// A bool column; true flags the row.
    public let node: Int
    /// Whether it is a rule that keeps the model from answering the rows that it flags.
    public let isGuard: Bool

    public init(name: String, node: Int, isGuard: Bool = false) {
      self.name = name
      self.node = node
      self.isGuard = isGuard
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
    nodes.compactMap { if case .input(let op) = $0.op { Field(op.name, op.type) } else { nil } }
  }

  /// The levels of the raw columns that are guarded.
  public var levels: [String: ColumnLevel] {
    nodes.reduce(into: [:]) { levels, node in
      if case .input(let op) = node.op, case .classified(let level)? = node.role { levels[op.name] = level }
    }
  }

  /// What flows out of a node of the graph.
  public func port(_ node: Int) -> Port {
    switch nodes[node].output {
    case .column(let type): .column(ColumnPort(node: node, type: type))
    case .vector(let width): .vector(VectorPort(node: node, width: width))
    }
  }

  /// The same nodes with one column on the way as the whole answer; nil where that node gives no column.
  public func answering(_ node: Int) -> Graph? {
    guard nodes.indices.contains(node), case .column = nodes[node].output else { return nil }
    return Graph(nodes: nodes, prediction: node, probabilities: nil, classes: [], flags: [])
  }
}

extension Graph {
  /// The same answers without the nodes that none of them needs: inputs that the model does not use are not asked for. The masks of those
  /// that it uses stay.
  public func pruned() -> Graph {
    let needed = needed
    var moved = [Int](repeating: -1, count: nodes.count)
    var kept: [Node] = []
    for place in nodes.indices where needed[place] {
      moved[place] = kept.count
      let node = nodes[place]
      kept.append(
        Node(op: node.op, inputs: node.inputs.map { moved[$0] }, step: node.step, output: node.output, role: node.role))
    }
    return Graph(
      nodes: kept, prediction: moved[prediction], probabilities: probabilities.map { moved[$0] }, classes: classes,
      flags: flags.map { Flag(name: $0.name, node: moved[$0.node], isGuard: $0.isGuard) })
  }

  /// Of each node whether an answer, or the mask of an input that is asked for, needs it.
  private var needed: [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    var wanted = [prediction, probabilities].compactMap { $0 } + flags.map(\.node)
    while !wanted.isEmpty {
      for node in wanted { needed[node] = true }
      for place in nodes.indices.reversed() where needed[place] {
        for input in nodes[place].inputs { needed[input] = true }
      }
      let inputs = Set(
        nodes.indices.compactMap { place in
          if needed[place], case .input(let op) = nodes[place].op { op.name } else { nil }
        })
      wanted = nodes.indices.filter { place in
        if !needed[place], case .mask(let name)? = nodes[place].role { inputs.contains(name) } else { false }
      }
    }
    return needed
  }
}

extension Graph {
  /// The places of the flags that are guards, in order.
  public var guards: [Int] { flags.indices.filter { flags[$0].isGuard } }

  /// The same graph with the flags at these places, and no others, as guards; nil where they are not ascending places of flags.
  public func guarding(_ places: [Int]) -> Graph? {
    guard places.allSatisfy(flags.indices.contains), zip(places, places.dropFirst()).allSatisfy(<) else { return nil }
    let wanted = Set(places)
    return Graph(
      nodes: nodes, prediction: prediction, probabilities: probabilities, classes: classes,
      flags: flags.enumerated().map { Flag(name: $1.name, node: $1.node, isGuard: wanted.contains($0)) })
  }

  /// The raw columns that a node's value is made of, in the order of the inputs.
  public func origins(of node: Int) -> [String] {
    guard nodes.indices.contains(node) else { return [] }
    var isNeeded = [Bool](repeating: false, count: node + 1)
    isNeeded[node] = true
    var names: [String] = []
    for place in (0...node).reversed() where isNeeded[place] {
      for input in nodes[place].inputs { isNeeded[input] = true }
      if case .input(let op) = nodes[place].op { names.append(op.name) }
    }
    return names.reversed()
  }

  /// The roles of the nodes that have one, in the order of the nodes.
  public var roles: [(node: Int, role: Role)] {
    nodes.enumerated().compactMap { place, node in node.role.map { (place, $0) } }
  }

  /// The same graph with these roles alone; nil where one does not fit its node: a mask is a column made of the raw column that it
  /// names, a classified column is a raw one, features are a vector put together of as many inputs.
  public func marking(_ roles: [(node: Int, role: Role)]) -> Graph? {
    let names = Set(inputs.map(\.name))
    var marked = nodes.map { $0.marked(nil) }
    for (place, role) in roles {
      guard nodes.indices.contains(place), fits(role, nodes[place], names) else { return nil }
      marked[place] = nodes[place].marked(role)
    }
    return Graph(
      nodes: marked, prediction: prediction, probabilities: probabilities, classes: classes, flags: flags)
  }

  private func fits(_ role: Role, _ node: Node, _ raw: Set<String>) -> Bool {
    switch role {
    case .mask(let name):
      if case .input = node.op { return false }
      if case .column = node.output { return raw.contains(name) }
      return false
    case .classified(let level):
      if case .input = node.op { return level.isGuarded }
      return false
    case .features(let columns):
      if case .concatenate = node.op { return columns.count == node.inputs.count }
      return false
    }
  }
}
