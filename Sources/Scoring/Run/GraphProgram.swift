import Expressions
import Tables

/// The nodes that some outputs need, each made ready to run.
struct GraphProgram: Sendable {
  enum Work: Sendable {
    /// The place among the inputs.
    case input(Int)
    case expression(CompiledExpression)
    case lookup(TextSet, unseen: Double)
    case oneHot(TextSet, missingPlace: Int?)
    case concatenate
    case fill([Double])
    case affine(scale: [Double], offset: [Double])
    case linear(LinearWeights)
    case trees(PackedTrees)
    case constant([Double])
    case link(Link)
    case decide(ClassCells, threshold: Double?)
    case element(Int)
  }

  /// An object, so that going through the steps of a row counts one reference a step and not one for each array inside.
  final class Step: Sendable {
    let node: Int
    let inputs: [Int]
    let output: PortType
    let work: Work

    init(node: Int, inputs: [Int], output: PortType, work: Work) {
      self.node = node
      self.inputs = inputs
      self.output = output
      self.work = work
    }
  }

  let steps: [Step]
  let nodeCount: Int
  /// The raw columns that are read, in the order of the graph's input nodes.
  let inputs: [Field]
  /// Of all nodes, also those that are not run.
  let outputs: [PortType]

  init(_ nodes: [Graph.Node], wanted: [Int]) throws(GraphError) {
    let needed = try Self.needed(nodes, wanted)
    var steps: [Step] = []
    var inputs: [Field] = []
    for (place, node) in nodes.enumerated() {
      // Inputs stay in order, needed or not: a served row has a cell for each.
      if case .input(let name, let type) = node.op {
        inputs.append(Field(name, type))
        guard needed[place] else { continue }
        steps.append(Step(node: place, inputs: [], output: node.output, work: .input(inputs.count - 1)))
      } else if needed[place] {
        steps.append(Step(node: place, inputs: node.inputs, output: node.output, work: try Self.work(node, nodes)))
      }
    }
    self.steps = steps
    self.inputs = inputs
    nodeCount = nodes.count
    outputs = nodes.map(\.output)
  }

  private static func needed(_ nodes: [Graph.Node], _ wanted: [Int]) throws(GraphError) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for node in wanted {
      guard nodes.indices.contains(node) else { throw GraphError(step: "", reason: "the graph has no part \(node)") }
      needed[node] = true
    }
    for place in nodes.indices.reversed() where needed[place] {
      let node = nodes[place]
      guard node.inputs.allSatisfy({ (0..<place).contains($0) }),
        node.op.output(node.inputs.map { nodes[$0].output }) == node.output
      else { throw GraphError(misfit: node) }
      for input in node.inputs { needed[input] = true }
    }
    return needed
  }

  private static func work(_ node: Graph.Node, _ nodes: [Graph.Node]) throws(GraphError) -> Work {
    switch node.op {
    case .input: return .input(0)
    case .expression(let expression):
      do throws(ExpressionError) {
        return .expression(try CompiledExpression(expression))
      } catch {
        throw GraphError(step: node.step, reason: error.reason)
      }
    case .lookup(let words, let unseen): return .lookup(TextSet(words), unseen: unseen)
    case .oneHot(let words, let missingPlace):
      return .oneHot(TextSet(words), missingPlace: missingPlace ? words.count : nil)
    case .concatenate: return .concatenate
    case .fill(let values): return .fill(values)
    case .affine(let scale, let offset): return .affine(scale: scale, offset: offset)
    case .linear(let weights, let intercepts): return .linear(LinearWeights(weights, intercepts))
    case .trees(let ensemble):
      guard let packed = PackedTrees(ensemble) else { throw GraphError(misfit: node) }
      return .trees(packed)
    case .constant(let values): return .constant(values)
    case .link(let link): return .link(link)
    case .decide(let classes, let threshold): return .decide(ClassCells(classes), threshold: threshold)
    case .element(let place): return .element(place)
    }
  }

  /// Doubles a row in all vectors together, which bounds how many rows are run at a time.
  var vectorWidth: Int {
    steps.reduce(0) { sum, step in if case .vector(let width) = step.output { sum + width } else { sum } }
  }

  /// Rows at a time: few enough that the vectors of a block stay within 16 MiB.
  var blockWidth: Int { max(1, min(1024, (1 << 21) / max(1, vectorWidth))) }
}

/// The weights of a linear operator in one run.
struct LinearWeights: Sendable {
  let flat: [Double]
  let intercepts: [Double]

  init(_ weights: [[Double]], _ intercepts: [Double]) {
    flat = weights.flatMap { $0 }
    self.intercepts = intercepts
  }
}

/// The classes as the cells of a prediction.
final class ClassCells: Sendable {
  let cells: [Cell]
  let type: ColumnType
  nonisolated(unsafe) private let arena = TextArena()
  nonisolated(unsafe) let texts: [TextRef]

  init(_ cells: [Cell]) {
    self.cells = cells
    type = cells.first?.type ?? .text
    let arena = arena
    texts = cells.map { if case .text(let word) = $0 { arena.copy(word) } else { .empty } }
  }

  /// Puts class `place` in a row of a block of the classes' type.
  func write(_ place: Int, to block: CellBlock, _ row: Int) {
    switch cells[place] {
    case .bool(let value): block.bools[row] = value ? 1 : 0
    case .int(let value), .datetime(let value): block.ints[row] = value
    case .date(let value): block.ints[row] = Int64(value)
    case .float(let value): block.floats[row] = value
    case .text: block.texts[row] = texts[place]
    case .missing, .vector: break
    }
  }
}
