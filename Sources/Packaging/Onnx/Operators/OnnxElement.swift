import Scoring

extension OnnxFile {
  static func support(_ type: ElementOperator.Type) -> Support { .full }

  mutating func lower(_ op: ElementOperator, _ node: Graph.Node) -> OnnxOutput {
    let place = lowering.builder.constant(.ints([Int64(op.place)]))
    return .column(.number(lowering.builder.call("Gather", [vector(node), place], [.int("axis", 1)])))
  }
}
