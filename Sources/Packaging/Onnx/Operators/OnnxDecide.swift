import Scoring
import Tables

extension OnnxFile {
  static func support(_ type: DecideOperator.Type) -> Support {
    .partial("a missing text as the answer is the empty text")
  }

  mutating func lower(_ op: DecideOperator, _ node: Graph.Node) -> OnnxOutput {
    let table = Self.table(op.classes, asNumbers: true)
    let value = picked(table, chosen(op, node))
    if table.type == .double { return .column(.number(value)) }
    return .column(.text(value, missing: lowering.builder.constant(.bools([false]))))
  }

  /// As the answer of the file: ints and bools stay what they are.
  mutating func answer(_ op: DecideOperator, _ node: Graph.Node) -> (type: OnnxType, values: String) {
    let table = Self.table(op.classes, asNumbers: false)
    return (table.type, picked(table, chosen(op, node)))
  }

  private mutating func picked(_ table: OnnxTensor, _ place: String) -> String {
    lowering.builder.call("Gather", [lowering.builder.constant(table), place], [.int("axis", 0)])
  }

  /// The place of the class, int64 of shape [N, 1].
  private mutating func chosen(_ op: DecideOperator, _ node: Graph.Node) -> String {
    let x = vector(node)
    guard let threshold = op.threshold else {
      return lowering.builder.call("ArgMax", [x], [.int("axis", 1), .int("keepdims", 1)])
    }
    let second = lowering.builder.call("Gather", [x, lowering.builder.constant(.ints([1]))], [.int("axis", 1)])
    let isSecond = lowering.builder.atMost(lowering.builder.number(threshold), second)
    return lowering.builder.call("Cast", [isSecond], [.int("to", OnnxType.int64.rawValue)])
  }

  /// The classes as a list; ints and bools in their own type, or as doubles for further computing.
  private static func table(_ classes: [Cell], asNumbers: Bool) -> OnnxTensor {
    let texts = classes.compactMap { if case .text(let text) = $0 { text } else { nil } }
    let ints = classes.compactMap { if case .int(let value) = $0 { value } else { nil } }
    let bools = classes.compactMap { if case .bool(let value) = $0 { value } else { nil } }
    if texts.count == classes.count { return .texts(texts) }
    if ints.count == classes.count, !asNumbers { return .ints(ints) }
    if bools.count == classes.count, !asNumbers { return .bools(bools) }
    return .doubles(classes.map(\.onnxNumber))
  }
}
