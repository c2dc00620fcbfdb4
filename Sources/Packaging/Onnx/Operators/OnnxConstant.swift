import Scoring

extension OnnxFile {
  static func support(_ type: ConstantOperator.Type) -> Support { .full }

  mutating func lower(_ op: ConstantOperator, _ node: Graph.Node) -> OnnxOutput {
    .vector(lowering.repeated(lowering.builder.row(op.values), like: vector(node)))
  }
}
