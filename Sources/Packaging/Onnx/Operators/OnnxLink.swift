import Scoring

extension OnnxFile {
  static func support(_ type: LinkOperator.Type) -> Support { .full }

  mutating func lower(_ op: LinkOperator, _ node: Graph.Node) -> OnnxOutput {
    let x = vector(node)
    switch op.link {
    case .identity: return .vector(x)
    case .exponential: return .vector(lowering.builder.call("Exp", [x]))
    case .softmax: return .vector(lowering.builder.call("Softmax", [x], [.int("axis", 1)]))
    case .sigmoid:
      let second = lowering.builder.call("Sigmoid", [x])
      let first = lowering.builder.subtract(lowering.builder.number(1), second)
      return .vector(lowering.builder.call("Concat", [first, second], [.int("axis", 1)]))
    }
  }
}
