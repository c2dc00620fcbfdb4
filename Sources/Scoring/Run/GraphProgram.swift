import Expressions
import Tables

/// The nodes that some outputs need, each made ready to run.
struct GraphProgram: Sendable {
  /// A raw column that is read.
  struct Load: Sendable {
    let node: Int
    /// Its place among the inputs.
    let input: Int
  }

  let loads: [Load]
  /// Of all other nodes that are run, in their order.
  let kernels: [any OperatorKernel]
  /// For each node, also those that are not run, what it gives.
  let outputs: [PortType]
  let isRun: [Bool]
  /// The raw columns that are read, in the order of the graph's input nodes.
  let inputs: [Field]
  /// How the vector of each node that is run lies in memory; nil for columns. It follows from the node and what comes before it
  /// alone, so that every part of a graph computes the same bits.
  let layouts: [VectorLayout?]
  /// How many lists of words texts are looked up in.
  let wordLists: Int
  /// The widest vector with one-hot runs that is needed as doubles.
  let expandedWidth: Int

  init(_ nodes: [Graph.Node], wanted: [Int]) throws(GraphError) {
    let needed = try Self.needed(nodes, wanted)
    var compiler = GraphCompiler(nodes)
    var kernels: [any OperatorKernel] = []
    var loads: [Load] = []
    var inputs: [Field] = []
    for (place, node) in nodes.enumerated() {
      // Inputs stay in order, needed or not: a served row has a cell for each.
      if case .input(let op) = node.op {
        if needed[place] { loads.append(Load(node: place, input: inputs.count)) }
        inputs.append(Field(op.name, op.type))
      } else if needed[place], let kernel = try compiler.kernel(place) {
        kernels.append(kernel)
      }
    }
    self.loads = loads
    self.kernels = kernels
    self.inputs = inputs
    outputs = nodes.map(\.output)
    isRun = needed
    layouts = compiler.layouts
    wordLists = compiler.wordLists
    expandedWidth = compiler.expandedWidth
  }

  private static func needed(_ nodes: [Graph.Node], _ wanted: [Int]) throws(GraphError) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for node in wanted {
      guard nodes.indices.contains(node) else {
        throw GraphError(step: "", .noNode(node))
      }
      needed[node] = true
    }
    for place in nodes.indices.reversed() where needed[place] {
      let node = nodes[place]
      guard node.inputs.allSatisfy({ (0..<place).contains($0) }),
        node.op.output(node.inputs.map { nodes[$0].output }) == node.output
      else { throw GraphError(misfit: node) }
      for input in node.inputs { needed[input] = true }
    }
    return needed
  }

  /// Doubles a row in all vectors together, which bounds how many rows are run at a time.
  var vectorWidth: Int { layouts.reduce(0) { $0 + ($1?.denseWidth ?? 0) } }

  /// Rows at a time: few enough that the vectors of a block stay within 16 MiB.
  var blockWidth: Int { max(1, min(1024, (1 << 21) / max(1, vectorWidth))) }
}
