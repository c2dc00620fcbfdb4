import Expressions
import Scoring
import Tables

/// One graph on its way to an ONNX file.
struct OnnxFile {
  let graph: Graph
  let properties: [(name: String, value: String)]
  let producer: String
  var lowering: OnnxLowering
  var columns: [Int: OnnxValue] = [:]
  var vectors: [Int: String] = [:]
  /// The nodes that the answer needs; what serves only a flag stays out, as the answer has no place for it.
  private(set) var isNeeded: [Bool]

  static let outputs = ["prediction", "probabilities"]

  init(graph: Graph, properties: [(name: String, value: String)], producer: String = "") {
    self.graph = graph
    self.properties = properties
    self.producer = producer
    lowering = OnnxLowering(builder: OnnxBuilder(taken: Set(graph.inputs.map(\.name) + Self.outputs)))
    isNeeded = [Bool](repeating: false, count: graph.nodes.count)
    isNeeded[graph.prediction] = true
    if let place = graph.probabilities { isNeeded[place] = true }
    for place in graph.nodes.indices.reversed() where isNeeded[place] {
      for input in graph.nodes[place].inputs { isNeeded[input] = true }
    }
  }

  var inputs: [Field] {
    graph.nodes.indices.compactMap {
      if isNeeded[$0], case .input(let name, let type) = graph.nodes[$0].op { Field(name, type) } else { nil }
    }
  }

  /// The bytes of a ModelProto.
  static func bytes(
    _ graph: Graph, properties: [(name: String, value: String)], producer: String = ""
  ) throws(Unsupported) -> [UInt8] {
    var file = OnnxFile(graph: graph, properties: properties, producer: producer)
    for place in graph.nodes.indices where file.isNeeded[place] {
      file.lowering.step = graph.nodes[place].step
      try file.lower(place)
    }
    let type = try file.answer()
    return file.model(type)
  }

  // MARK: Operators

  private mutating func lower(_ place: Int) throws(Unsupported) {
    let node = graph.nodes[place]
    switch node.op {
    case .input(let name, let type): columns[place] = try input(name, type)
    case .expression(let expression): columns[place] = try column(expression, node)
    case .lookup(let words, let unseen):
      columns[place] = .number(code(node, words, unseen: unseen, missing: .nan))
    case .decide(let classes, _): columns[place] = picked(classes, chosen(node))
    case .element(let at):
      let index = lowering.builder.constant(.ints([Int64(at)]))
      columns[place] = .number(lowering.builder.call("Gather", [vector(node), index], [.int("axis", 1)]))
    default: vectors[place] = try vectorOperator(node)
    }
  }

  private mutating func vectorOperator(_ node: Graph.Node) throws(Unsupported) -> String {
    if case .concatenate = node.op { return concatenated(node) }
    if case .oneHot(let words, let missingPlace) = node.op { return oneHot(node, words, missingPlace) }
    let x = vector(node)
    switch node.op {
    case .fill(let values):
      return lowering.builder.choose(lowering.builder.isNaN(x), lowering.builder.row(values), x)
    case .affine(let scale, let offset):
      let scaled = lowering.builder.multiply(x, lowering.builder.row(scale))
      return lowering.builder.add(scaled, lowering.builder.row(offset))
    case .linear(let weights, let intercepts): return linear(x, weights, intercepts)
    case .trees(let ensemble): return try lowering.trees(ensemble, on: x)
    case .constant(let values): return lowering.repeated(lowering.builder.row(values), like: x)
    case .link(let link): return linked(x, link)
    default: throw lowering.refusal("ONNX cannot hold `\(node.op.kind.rawValue)`")
    }
  }

  private mutating func input(_ name: String, _ type: ColumnType) throws(Unsupported) -> OnnxValue {
    guard !Self.outputs.contains(name), !name.isEmpty else {
      throw lowering.refusal("an ONNX file names its answer '\(name)', so no input can have that name")
    }
    guard type == .text else { return .number(name) }
    return .text(name, missing: lowering.builder.equal(name, lowering.builder.text("")))
  }

  private mutating func column(_ expression: Expression, _ node: Graph.Node) throws(Unsupported) -> OnnxValue {
    let names = expression.columns
    let wired = zip(names, node.inputs).compactMap { name, place in columns[place].map { (name, $0) } }
    let value = try lowering.lower(expression, Dictionary(wired, uniquingKeysWith: { first, _ in first }))
    // Without a column there is nothing that gives the value its rows.
    guard names.isEmpty else { return value }
    guard let rows = inputs.first?.name else { throw lowering.refusal("ONNX needs an input to count rows by") }
    switch value {
    case .number(let name): return .number(lowering.repeated(name, like: rows))
    case .text(let name, let missing):
      return .text(lowering.repeated(name, like: rows), missing: lowering.repeated(missing, like: rows))
    }
  }

  func vector(_ node: Graph.Node) -> String { node.inputs.first.flatMap { vectors[$0] } ?? "" }

  private mutating func code(_ node: Graph.Node, _ words: [String], unseen: Double, missing: Double) -> String {
    guard let value = node.inputs.first.flatMap({ columns[$0] }), case .text(let name, let isMissing) = value else {
      return lowering.builder.number(missing)
    }
    let code = lowering.code(name, words, unseen: unseen) { Double($0) }
    return lowering.builder.choose(isMissing, lowering.builder.number(missing), code)
  }

  private mutating func oneHot(_ node: Graph.Node, _ words: [String], _ missingPlace: Bool) -> String {
    let width = words.count + (missingPlace ? 1 : 0)
    let code = code(node, words, unseen: -1, missing: missingPlace ? Double(words.count) : -1)
    let places = lowering.builder.row((0..<width).map(Double.init))
    return lowering.builder.double(lowering.builder.equal(code, places))
  }

  private mutating func concatenated(_ node: Graph.Node) -> String {
    var parts: [String] = []
    for place in node.inputs {
      if let vector = vectors[place] {
        parts.append(vector)
      } else if case .number(let name) = columns[place] {
        let isMoment = graph.nodes[place].output == .column(.datetime)
        parts.append(isMoment ? lowering.builder.divide(name, OnnxTime.second) : name)
      }
    }
    return parts.count == 1 ? parts[0] : lowering.builder.call("Concat", parts, [.int("axis", 1)])
  }

  private mutating func linear(_ x: String, _ weights: [[Double]], _ intercepts: [Double]) -> String {
    let width = weights.first?.count ?? 0
    let columns = (0..<width).flatMap { place in weights.map { $0[place] } }
    let matrix = lowering.builder.constant(.doubles(columns, shape: [width, weights.count]))
    return lowering.builder.add(
      lowering.builder.call("MatMul", [x, matrix]), lowering.builder.row(intercepts))
  }

  private mutating func linked(_ x: String, _ link: Link) -> String {
    switch link {
    case .identity: return x
    case .exponential: return lowering.builder.call("Exp", [x])
    case .softmax: return lowering.builder.call("Softmax", [x], [.int("axis", 1)])
    case .sigmoid:
      let second = lowering.builder.call("Sigmoid", [x])
      let first = lowering.builder.subtract(lowering.builder.number(1), second)
      return lowering.builder.call("Concat", [first, second], [.int("axis", 1)])
    }
  }
}
