import Scoring

extension OnnxFile {
  static func support(_ type: ChainOperator.Type) -> Support { .full }

  mutating func lower(_ op: ChainOperator, _ node: Graph.Node) -> OnnxOutput {
    let x = vector(node)
    let missing = lowering.builder.isNaN(x)
    var filled = lowering.builder.choose(missing, lowering.builder.row(op.start), x)
    for step in op.steps {
      let weights = step.weights.indices.map { $0 == step.place ? 0 : step.weights[$0] }
      let column = lowering.builder.constant(.doubles(weights, shape: [weights.count, 1]))
      let product = lowering.builder.call("MatMul", [filled, column])
      let value = lowering.builder.add(product, step.intercept)
      let place = weights.indices.map { $0 == step.place ? 1.0 : 0 }
      let isPlace = lowering.builder.less(lowering.builder.number(0.5), lowering.builder.row(place))
      filled = lowering.builder.choose(lowering.builder.both(missing, isPlace), value, filled)
    }
    return .vector(filled)
  }
}
