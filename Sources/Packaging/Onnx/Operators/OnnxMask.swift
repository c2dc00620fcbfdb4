import Scoring

extension OnnxFile {
  static func support(_ type: MaskOperator.Type) -> Support {
    .none("has no keyed hash, no cipher and no starred text")
  }

  mutating func lower(_ op: MaskOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    throw lowering.refusal("the mask `\(op.rule.word)` has no form in ONNX; `redact` and `generalise` have one")
  }
}
