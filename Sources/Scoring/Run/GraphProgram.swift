import Expressions
import Tables

/// The nodes that some outputs need, each made ready to run.
struct GraphProgram: Sendable {
  enum Work: Sendable {
    /// The place among the inputs.
    case input(Int)
    case expression(CompiledExpression)
    case lookup(WordPlaces, unseen: Double)
    case oneHot(WordPlaces, missingPlace: Int32)
    case concatenate([ConcatenatedPart])
    /// For the dense places, as in `affine`.
    case fill([Double])
    case affine(scale: [Double], offset: [Double])
    case linear(LinearWeights)
    case trees(TreeScorer)
    case constant([Double])
    case link(Link)
    case decide(ClassCells, threshold: Double?)
    case element(VectorLayout.Spot)
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
  /// How the vector of each node that is run lies in memory; nil for columns. It follows from the node and what comes before it
  /// alone, so that every part of a graph computes the same bits.
  let layouts: [VectorLayout?]
  /// How many lists of words texts are looked up in.
  let wordLists: Int

  init(_ nodes: [Graph.Node], wanted: [Int]) throws(GraphError) {
    let needed = try Self.needed(nodes, wanted)
    var compiler = GraphCompiler(nodes)
    var steps: [Step] = []
    var inputs: [Field] = []
    for (place, node) in nodes.enumerated() {
      // Inputs stay in order, needed or not: a served row has a cell for each.
      if case .input(let name, let type) = node.op {
        inputs.append(Field(name, type))
        guard needed[place] else { continue }
        steps.append(Step(node: place, inputs: [], output: node.output, work: .input(inputs.count - 1)))
      } else if needed[place] {
        steps.append(
          Step(node: place, inputs: node.inputs, output: node.output, work: try compiler.work(place)))
      }
    }
    self.steps = steps
    self.inputs = inputs
    nodeCount = nodes.count
    outputs = nodes.map(\.output)
    layouts = compiler.layouts
    wordLists = compiler.wordLists
  }

  private static func needed(_ nodes: [Graph.Node], _ wanted: [Int]) throws(GraphError) -> [Bool] {
    var needed = [Bool](repeating: false, count: nodes.count)
    for node in wanted {
      guard nodes.indices.contains(node) else {
        throw GraphError(step: "", .noNode(node))
      }
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

  /// Doubles a row in all vectors together, which bounds how many rows are run at a time.
  var vectorWidth: Int { layouts.reduce(0) { $0 + ($1?.denseWidth ?? 0) } }

  /// Rows at a time: few enough that the vectors of a block stay within 16 MiB.
  var blockWidth: Int { max(1, min(1024, (1 << 21) / max(1, vectorWidth))) }

  /// The widest vector with one-hot runs that is needed as doubles: what gathers a row of it.
  var expandedWidth: Int {
    steps.reduce(0) { width, step in
      switch step.work {
      case .link, .decide:
        guard let layout = layouts[step.inputs[0]], !layout.coded.isEmpty else { return width }
        return max(width, layout.width)
      default: return width
      }
    }
  }
}

/// The places of a column's texts in a list of words; nodes that ask the same of one column share them.
struct WordPlaces: Sendable {
  /// A row's place when its text is none of the words.
  static let unseen: Int32 = -1
  static let missing: Int32 = -2

  /// Which of the program's lists.
  let list: Int
  /// The words, at the first node that asks; the others read what it found.
  let words: TextSet?
}

/// Where a part of the input of a `concatenate` goes among the dense places.
enum ConcatenatedPart: Sendable {
  case column(node: Int, ColumnType, at: Int)
  case vector(node: Int, width: Int, at: Int)
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
