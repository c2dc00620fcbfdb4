import Scoring
import Tables

extension OnnxFile {
  /// The place of the class, int64 of shape [N, 1].
  mutating func chosen(_ node: Graph.Node) -> String {
    let x = vector(node)
    guard case .decide(_, let threshold?) = node.op else {
      return lowering.builder.call("ArgMax", [x], [.int("axis", 1), .int("keepdims", 1)])
    }
    let second = lowering.builder.call(
      "Gather", [x, lowering.builder.constant(.ints([1]))], [.int("axis", 1)])
    let isSecond = lowering.builder.atMost(lowering.builder.number(threshold), second)
    return lowering.builder.call("Cast", [isSecond], [.int("to", OnnxType.int64.rawValue)])
  }

  mutating func picked(_ classes: [Cell], _ place: String) -> OnnxValue {
    let table = Self.table(classes, asNumbers: true)
    let value = lowering.builder.call("Gather", [lowering.builder.constant(table), place], [.int("axis", 0)])
    if table.type == .double { return .number(value) }
    return .text(value, missing: lowering.builder.constant(.bools([false])))
  }

  /// The classes as a list; ints and bools in their own type, or as doubles for further computing.
  private static func table(_ classes: [Cell], asNumbers: Bool) -> OnnxTensor {
    let texts = classes.compactMap { if case .text(let text) = $0 { text } else { nil } }
    let ints = classes.compactMap { if case .int(let value) = $0 { value } else { nil } }
    let bools = classes.compactMap { if case .bool(let value) = $0 { value } else { nil } }
    if texts.count == classes.count { return .texts(texts) }
    if ints.count == classes.count, !asNumbers { return .ints(ints) }
    if bools.count == classes.count, !asNumbers { return .bools(bools) }
    return .doubles(
      classes.map { cell in
        switch cell {
        case .bool(let value): value ? 1 : 0
        case .int(let value), .datetime(let value): Double(value)
        case .float(let value): value
        case .date(let days): Double(days)
        case .missing, .text, .vector: .nan
        }
      })
  }

  // MARK: The answer

  /// Names the outputs and gives the type of `prediction`.
  mutating func answer() throws(Unsupported) -> OnnxType {
    let node = graph.nodes[graph.prediction]
    lowering.step = node.step
    guard !inputs.isEmpty else { throw lowering.refusal("ONNX needs an input to count rows by") }
    let type: OnnxType
    let values: String
    switch (node.op, columns[graph.prediction]) {
    case (.decide(let classes, _), _):
      let table = Self.table(classes, asNumbers: false)
      type = table.type
      values = lowering.builder.call(
        "Gather", [lowering.builder.constant(table), chosen(node)], [.int("axis", 0)])
    case (_, .text(let name, let missing)?):
      type = .string
      values = lowering.builder.choose(missing, lowering.builder.text(""), name)
    case (_, .number(let name)?):
      type = .double
      values = name
    case (_, nil): throw lowering.refusal("the prediction is no column")
    }
    let flat = lowering.builder.constant(.ints([-1]))
    _ = lowering.builder.call("Reshape", [values, flat], output: Self.outputs[0])
    if let place = graph.probabilities {
      _ = lowering.builder.call("Identity", [vectors[place] ?? ""], output: Self.outputs[1])
    }
    return type
  }
}
