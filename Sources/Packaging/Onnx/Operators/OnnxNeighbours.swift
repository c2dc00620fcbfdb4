import Scoring

extension OnnxFile {
  static func support(_ type: NeighboursOperator.Type) -> Support {
    .none("the rows that are nearest have no operator")
  }

  mutating func lower(_ op: NeighboursOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    throw lowering.refusal("ONNX has no form for the nearest of kept rows (`knn`); `iterative` and `median` have one")
  }
}
