import Scoring

extension OnnxFile {
  static func support(_ type: InputOperator.Type) -> Support {
    .partial("the empty text stands for missing; ints are doubles, exact to 2^53, and datetimes to the year 2255")
  }

  mutating func lower(_ op: InputOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    guard !Self.outputs.contains(op.name), !op.name.isEmpty else {
      throw lowering.refusal("an ONNX file names its answer '\(op.name)', so no input can have that name")
    }
    guard op.type == .text else { return .column(.number(op.name)) }
    return .column(.text(op.name, missing: lowering.builder.equal(op.name, lowering.builder.text(""))))
  }
}
