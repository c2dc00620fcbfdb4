import Scoring

extension OnnxFile {
  static func support(_ type: ConcatenateOperator.Type) -> Support { .full }

  mutating func lower(_ op: ConcatenateOperator, _ node: Graph.Node) -> OnnxOutput {
    var parts: [String] = []
    for place in node.inputs {
      if let vector = vectors[place] {
        parts.append(vector)
      } else if case .number(let name) = columns[place] {
        let isMoment = graph.nodes[place].output == .column(.datetime)
        parts.append(isMoment ? lowering.builder.divide(name, OnnxTime.second) : name)
      }
    }
    return .vector(parts.count == 1 ? parts[0] : lowering.builder.call("Concat", parts, [.int("axis", 1)]))
  }
}
