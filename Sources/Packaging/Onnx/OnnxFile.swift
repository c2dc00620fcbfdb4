import Expressions
import Scoring
import Tables

/// What a node's output is called in the file.
enum OnnxOutput {
  case column(OnnxValue)
  case vector(String)
}

/// One graph on its way to an ONNX file; each operator's lowering has a file in `Operators`.
struct OnnxFile: OperatorTarget {
  let graph: Graph
  let properties: [(name: String, value: String)]
  let producer: String
  var lowering: OnnxLowering
  var columns: [Int: OnnxValue] = [:]
  var vectors: [Int: String] = [:]
  /// The nodes that the answer needs; what serves only a flag stays out, as the answer has no place for it.
  private(set) var isNeeded: [Bool]

  static let outputs = ["prediction", "probabilities"]

  init(graph: Graph, properties: [(name: String, value: String)], producer: String = "") {
    self.graph = graph
    self.properties = properties
    self.producer = producer
    lowering = OnnxLowering(builder: OnnxBuilder(taken: Set(graph.inputs.map(\.name) + Self.outputs)))
    isNeeded = [Bool](repeating: false, count: graph.nodes.count)
    isNeeded[graph.prediction] = true
    if let place = graph.probabilities { isNeeded[place] = true }
    for place in graph.nodes.indices.reversed() where isNeeded[place] {
      for input in graph.nodes[place].inputs { isNeeded[input] = true }
    }
  }

  var inputs: [Field] {
    graph.nodes.indices.compactMap {
      if isNeeded[$0], case .input(let op) = graph.nodes[$0].op { Field(op.name, op.type) } else { nil }
    }
  }

  /// The bytes of a ModelProto.
  static func bytes(
    _ graph: Graph, properties: [(name: String, value: String)], producer: String = ""
  ) throws(Unsupported) -> [UInt8] {
    var file = try lowered(graph, properties: properties, producer: producer)
    let type = try file.answer()
    return file.model(type)
  }

  /// A file with all that leads to the answer.
  static func lowered(
    _ graph: Graph, properties: [(name: String, value: String)] = [], producer: String = ""
  ) throws(Unsupported) -> OnnxFile {
    var file = OnnxFile(graph: graph, properties: properties, producer: producer)
    let outputs = Self.outputs.prefix(graph.probabilities == nil ? 1 : 2)
    if let input = file.inputs.first(where: { outputs.contains($0.name) }) {
      throw file.lowering.refusal("the input '\(input.name)' is called as an output is; `rename` it before `train`")
    }
    for place in graph.nodes.indices where file.isNeeded[place] {
      file.lowering.step = graph.nodes[place].step
      switch try file.lower(graph.nodes[place]) {
      case .column(let value): file.columns[place] = value
      case .vector(let name): file.vectors[place] = name
      }
    }
    return file
  }

  /// What a node's output is called; nil for a node that the answer does not need.
  func tensor(of node: Int) -> String? {
    switch columns[node] {
    case .number(let name), .text(let name, _): name
    case nil: vectors[node]
    }
  }

  /// The tensor of the vector that a node takes first.
  func vector(_ node: Graph.Node) -> String { node.inputs.first.flatMap { vectors[$0] } ?? "" }
}
