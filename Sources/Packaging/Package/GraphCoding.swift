import Scoring
import Tables

extension ByteWriter {
  /// Nodes in their order, then what of them is the answer. What a node gives follows from its operator and is not stored.
  mutating func graph(_ graph: Graph) {
    list(graph.nodes) {
      $0.text($1.step)
      $0.list($1.inputs) { $0.int($1) }
      $0.op($1.op)
    }
    int(graph.prediction)
    optional(graph.probabilities) { $0.int($1) }
    list(graph.classes) { $0.cell($1) }
    list(graph.flags) {
      $0.text($1.name)
      $0.int($1.node)
    }
  }
}

extension ByteReader {
  mutating func graph() throws(PackageError) -> Graph {
    let start = position
    var nodes: [Graph.Node] = []
    for _ in 0..<(try count(each: 6)) { nodes.append(try node(after: nodes)) }
    let prediction = try int()
    let probabilities = try optional { (reader) throws(PackageError) in try reader.int() }
    let classes = try cells()
    let flags = try list(each: 2) { (reader) throws(PackageError) in
      Graph.Flag(name: try reader.text(), node: try reader.int())
    }
    guard
      let graph = Graph.validated(
        nodes: nodes, prediction: prediction, probabilities: probabilities, classes: classes, flags: flags)
    else { throw PackageError(offset: start, .inconsistent("the answer of the graph")) }
    return graph
  }

  /// The graph with its guards. Throws where there are none, or where one is no flag.
  mutating func guards(of graph: Graph) throws(PackageError) -> Graph {
    let start = position
    let places = try list(each: 1) { (reader) throws(PackageError) in try reader.int() }
    guard !places.isEmpty, let guarded = graph.guarding(places) else {
      throw PackageError(offset: start, .inconsistent("a guard"))
    }
    return guarded
  }

  private mutating func node(after nodes: [Graph.Node]) throws(PackageError) -> Graph.Node {
    let start = position
    let step = try text()
    let inputs = try list(each: 1) { (reader) throws(PackageError) in try reader.int() }
    guard inputs.allSatisfy({ nodes.indices.contains($0) }) else {
      throw PackageError(offset: start, .inconsistent("the input of a node"))
    }
    let op = try op()
    guard let output = op.output(inputs.map { nodes[$0].output }) else {
      throw PackageError(offset: start, .inconsistent("the node \(op.kind.rawValue)"))
    }
    return Graph.Node(op: op, inputs: inputs, step: step, output: output)
  }
}
