import Scoring

extension OnnxFile {
  static func support(_ type: RecodeOperator.Type) -> Support { .full }

  mutating func lower(_ op: RecodeOperator, _ node: Graph.Node) throws(Unsupported) -> OnnxOutput {
    guard node.inputs.count == 2, case .text(let key, let noKey)? = columns[node.inputs[0]],
      case .text(let other, let noOther)? = columns[node.inputs[1]]
    else { throw lowering.refusal("a table of texts takes texts") }
    // 0 for a text in the table, 1 for one that becomes missing there, -1 for any other.
    let code = lowering.code(key, op.words, unseen: -1) { op.values[$0] == nil ? 1 : 0 }
    let text = lowering.recoded(key, op.words) { op.values[$0] ?? "" }
    let isOther = lowering.builder.either(noKey, lowering.builder.equal(code, -1))
    let isDropped = lowering.builder.both(lowering.builder.not(isOther), lowering.builder.equal(code, 1))
    let missing = lowering.builder.either(isDropped, lowering.builder.both(isOther, noOther))
    return .column(.text(lowering.builder.choose(isOther, other, text), missing: missing))
  }
}
