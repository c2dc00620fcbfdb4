/// Collects the nodes and constants of an ONNX graph. Equal nodes are one node, so lowerings may ask twice for the same thing.
struct OnnxBuilder {
  private struct Call: Hashable {
    let op: String
    let inputs: [String]
    let attributes: [OnnxAttribute]
  }

  /// A node or a constant, in the order in which they were made: what a node reads stands before it.
  private enum Part {
    case node(ProtobufWriter, inputs: [String])
    case initializer(ProtobufWriter)
  }

  /// Characters of a step's words that stand with each of its nodes.
  private static let longestStep = 200

  private var parts: [(name: String, part: Part)] = []
  private var calls: [Call: String] = [:]
  private var constants: [OnnxTensor: String] = [:]
  private var names: OnnxNames
  /// The words of the step that nodes are made for.
  var step = "" { didSet { names.step = step } }

  /// `taken` are the names of inputs and outputs, which nothing inside may have.
  init(taken: Set<String>) { names = OnnxNames(taken: taken) }

  /// The name of an operator's first output.
  mutating func call(
    _ op: String, _ inputs: [String], _ attributes: [OnnxAttribute] = [], domain: String = "", output: String? = nil
  ) -> String {
    let call = Call(op: op, inputs: inputs, attributes: attributes)
    if output == nil, let known = calls[call] { return known }
    let name = output ?? names.node(op)
    calls[call] = name
    var node = ProtobufWriter()
    node.message(1) {
      for input in inputs { $0.text(1, input) }
      $0.text(2, name)
      $0.text(3, name)
      $0.text(4, op)
      for attribute in attributes { $0.message(5) { attribute.write(to: &$0) } }
      $0.text(6, String(step.prefix(Self.longestStep)))
      if !domain.isEmpty { $0.text(7, domain) }
    }
    parts.append((name, .node(node, inputs: inputs)))
    return name
  }

  mutating func constant(_ tensor: OnnxTensor) -> String {
    if let known = constants[tensor] { return known }
    let name = names.constant(tensor)
    constants[tensor] = name
    var initializer = ProtobufWriter()
    initializer.message(5) { tensor.write(name: name, to: &$0) }
    parts.append((name, .initializer(initializer)))
    return name
  }

  /// The nodes that lead to some outputs, and the constants that these read: what was made on the way and is not read (a runtime
  /// warns of it) is left out.
  func written(for outputs: [String]) -> (nodes: ProtobufWriter, initializers: ProtobufWriter) {
    var read = Set(outputs)
    var isRead = [Bool](repeating: false, count: parts.count)
    for place in parts.indices.reversed() where read.contains(parts[place].name) {
      isRead[place] = true
      if case .node(_, let inputs) = parts[place].part { read.formUnion(inputs) }
    }
    var (nodes, initializers) = (ProtobufWriter(), ProtobufWriter())
    for place in parts.indices where isRead[place] {
      switch parts[place].part {
      case .node(let node, _): nodes.append(node)
      case .initializer(let initializer): initializers.append(initializer)
      }
    }
    return (nodes, initializers)
  }

  /// A number that meets every row and place.
  mutating func number(_ value: Double) -> String { constant(.doubles([value], shape: [1, 1])) }

  /// A number for each place of a vector.
  mutating func row(_ values: [Double]) -> String { constant(.doubles(values, shape: [1, values.count])) }

  mutating func text(_ value: String) -> String { constant(.texts([value], shape: [1, 1])) }
}

// The operators by what they are called in formulas; all take and give doubles unless they say otherwise.
extension OnnxBuilder {
  mutating func add(_ a: String, _ b: String) -> String { call("Add", [a, b]) }
  mutating func subtract(_ a: String, _ b: String) -> String { call("Sub", [a, b]) }
  mutating func multiply(_ a: String, _ b: String) -> String { call("Mul", [a, b]) }
  mutating func divide(_ a: String, _ b: String) -> String { call("Div", [a, b]) }
  mutating func add(_ a: String, _ b: Double) -> String { add(a, number(b)) }
  mutating func subtract(_ a: String, _ b: Double) -> String { subtract(a, number(b)) }
  mutating func multiply(_ a: String, _ b: Double) -> String { multiply(a, number(b)) }
  mutating func divide(_ a: String, _ b: Double) -> String { divide(a, number(b)) }
  mutating func floor(_ a: String) -> String { call("Floor", [a]) }
  mutating func abs(_ a: String) -> String { call("Abs", [a]) }
  mutating func negate(_ a: String) -> String { call("Neg", [a]) }
  mutating func floorDivide(_ a: String, _ b: Double) -> String { floor(divide(a, b)) }

  /// Truths, never missing.
  mutating func less(_ a: String, _ b: String) -> String { call("Less", [a, b]) }
  mutating func less(_ a: String, _ b: Double) -> String { less(a, number(b)) }
  mutating func atMost(_ a: String, _ b: String) -> String { call("LessOrEqual", [a, b]) }
  mutating func atMost(_ a: String, _ b: Double) -> String { atMost(a, number(b)) }
  mutating func equal(_ a: String, _ b: String) -> String { call("Equal", [a, b]) }
  mutating func equal(_ a: String, _ b: Double) -> String { equal(a, number(b)) }
  mutating func isNaN(_ a: String) -> String { call("IsNaN", [a]) }
  mutating func both(_ a: String, _ b: String) -> String { call("And", [a, b]) }
  mutating func either(_ a: String, _ b: String) -> String { call("Or", [a, b]) }
  mutating func differ(_ a: String, _ b: String) -> String { call("Xor", [a, b]) }
  mutating func not(_ a: String) -> String { call("Not", [a]) }

  /// `a` where the truth holds, else `b`: of doubles or of texts.
  mutating func choose(_ truth: String, _ a: String, _ b: String) -> String { call("Where", [truth, a, b]) }

  /// Truths as 1 and 0.
  mutating func double(_ truth: String) -> String { call("Cast", [truth], [.int("to", OnnxType.double.rawValue)]) }

  /// `a`, but missing where the truth holds.
  mutating func missing(where truth: String, else a: String) -> String { choose(truth, number(.nan), a) }

  /// Missing where the value is infinite: a result past the largest double is no value.
  mutating func finite(_ a: String) -> String { missing(where: call("IsInf", [a]), else: a) }

  /// Missing where the value is past 64 bits, as an int's overflow is.
  mutating func int64(_ a: String) -> String { choose(less(abs(a), 0x1p63), a, number(.nan)) }

  /// Towards 0.
  mutating func truncated(_ a: String) -> String { choose(less(a, 0), call("Ceil", [a]), floor(a)) }

  /// To the nearest whole number, halves away from 0; ONNX's own Round goes to the even one.
  mutating func rounded(_ a: String) -> String {
    let whole = truncated(a)
    let isUp = atMost(number(0.5), abs(subtract(a, whole)))
    return add(whole, choose(isUp, call("Sign", [a]), number(0)))
  }
}
