import Scoring

extension OnnxFile {
  static func support(_ type: LookupOperator.Type) -> Support { .full }

  mutating func lower(_ op: LookupOperator, _ node: Graph.Node) -> OnnxOutput {
    .column(.number(code(node, op.words, unseen: op.unseen, missing: .nan)))
  }

  /// The place of a node's text among words.
  mutating func code(_ node: Graph.Node, _ words: [String], unseen: Double, missing: Double) -> String {
    guard let value = node.inputs.first.flatMap({ columns[$0] }), case .text(let name, let isMissing) = value else {
      return lowering.builder.number(missing)
    }
    let code = lowering.code(name, words, unseen: unseen) { Double($0) }
    return lowering.builder.choose(isMissing, lowering.builder.number(missing), code)
  }
}
