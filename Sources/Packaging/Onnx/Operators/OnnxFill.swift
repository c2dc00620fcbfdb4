import Scoring

extension OnnxFile {
  static func support(_ type: FillOperator.Type) -> Support { .full }

  mutating func lower(_ op: FillOperator, _ node: Graph.Node) -> OnnxOutput {
    let x = vector(node)
    return .vector(lowering.builder.choose(lowering.builder.isNaN(x), lowering.builder.row(op.values), x))
  }
}
