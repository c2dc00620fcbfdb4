import Scoring

extension OnnxFile {
  /// Names the outputs and gives the type of `prediction`.
  mutating func answer() throws(Unsupported) -> OnnxType {
    let node = graph.nodes[graph.prediction]
    lowering.step = node.step
    guard !inputs.isEmpty else { throw lowering.refusal("ONNX needs an input to count rows by") }
    let (type, values) = try prediction(node)
    let flat = lowering.builder.constant(.ints([-1]))
    _ = lowering.builder.call("Reshape", [values, flat], output: Self.outputs[0])
    if let place = graph.probabilities {
      _ = lowering.builder.call("Identity", [vectors[place] ?? ""], output: Self.outputs[1])
    }
    return type
  }

  private mutating func prediction(_ node: Graph.Node) throws(Unsupported) -> (type: OnnxType, values: String) {
    if case .decide(let op) = node.op { return answer(op, node) }
    switch columns[graph.prediction] {
    case .text(let name, let missing):
      return (.string, lowering.builder.choose(missing, lowering.builder.text(""), name))
    case .number(let name): return (.double, name)
    case nil: throw lowering.refusal("the prediction is no column")
    }
  }
}
