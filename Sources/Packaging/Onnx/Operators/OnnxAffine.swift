import Scoring

extension OnnxFile {
  static func support(_ type: AffineOperator.Type) -> Support { .full }

  mutating func lower(_ op: AffineOperator, _ node: Graph.Node) -> OnnxOutput {
    let scaled = lowering.builder.multiply(vector(node), lowering.builder.row(op.scale))
    return .vector(lowering.builder.add(scaled, lowering.builder.row(op.offset)))
  }
}
