import Scoring

extension OnnxFile {
  static func support(_ type: OneHotOperator.Type) -> Support { .full }

  mutating func lower(_ op: OneHotOperator, _ node: Graph.Node) -> OnnxOutput {
    let code = code(node, op.words, unseen: -1, missing: op.missingPlace ? Double(op.words.count) : -1)
    let places = lowering.builder.row((0..<op.width).map(Double.init))
    return .vector(lowering.builder.double(lowering.builder.equal(code, places)))
  }
}
