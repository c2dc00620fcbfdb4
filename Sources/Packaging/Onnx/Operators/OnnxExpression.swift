import Scoring

extension OnnxFile {
  static func support(_ type: ExpressionOperator.Type) -> Support { .partial("by its functions") }

  mutating func lower(_ op: ExpressionOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    let names = op.expression.columns
    let wired = zip(names, node.inputs).compactMap { name, place in columns[place].map { (name, $0) } }
    let value = try lowering.lower(op.expression, Dictionary(wired, uniquingKeysWith: { first, _ in first }))
    // Without a column there is nothing that gives the value its rows.
    guard names.isEmpty else { return .column(value) }
    guard let rows = inputs.first?.name else { throw lowering.refusal("ONNX needs an input to count rows by") }
    switch value {
    case .number(let name): return .column(.number(lowering.repeated(name, like: rows)))
    case .text(let name, let missing):
      return .column(
        .text(lowering.repeated(name, like: rows), missing: lowering.repeated(missing, like: rows)))
    }
  }
}
