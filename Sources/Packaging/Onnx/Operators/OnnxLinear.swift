import Scoring

extension OnnxFile {
  static func support(_ type: LinearOperator.Type) -> Support { .full }

  mutating func lower(_ op: LinearOperator, _ node: Graph.Node) -> OnnxOutput {
    let width = op.weights.first?.count ?? 0
    let columns = (0..<width).flatMap { place in op.weights.map { $0[place] } }
    let matrix = lowering.builder.constant(.doubles(columns, shape: [width, op.weights.count]))
    let sums = lowering.builder.call("MatMul", [vector(node), matrix])
    return .vector(lowering.builder.add(sums, lowering.builder.row(op.intercepts)))
  }
}
