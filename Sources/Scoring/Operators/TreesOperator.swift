import Expressions

/// A vector to the ensemble's outputs.
public struct TreesOperator: Sendable, Hashable {
  public let ensemble: TreeEnsemble

  public init(_ ensemble: TreeEnsemble) { self.ensemble = ensemble }
}

extension TreesOperator: GraphOperator {
  static let kind = OperatorKind.trees
  static let summary = "Decision trees"

  func output(_ inputs: [PortType]) -> PortType? {
    inputs == [.vector(ensemble.features)] ? .vector(ensemble.outputs) : nil
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) throws(GraphError) -> (any OperatorKernel)? {
    guard let scorer = TreeScorer(ensemble, compiler.layout(wiring.input)) else {
      throw GraphError(misfit: compiler.nodes[wiring.node])
    }
    return TreesKernel(wiring, scorer)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.int(ensemble.features)
    writer.int(ensemble.outputs)
    writer.list(ensemble.nodes) { Self.write($1, to: &$0) }
    writer.list(ensemble.trees) {
      $0.int($1.root)
      $0.optional($1.output) { $0.int($1) }
    }
    writer.doubles(ensemble.leafValues)
    writer.list(ensemble.sets) { $0.list($1) { $0.fixed($1) } }
    writer.doubles(ensemble.base)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    let start = reader.position
    let features = try reader.int()
    let outputs = try reader.int()
    let nodes = try reader.list(each: 5) { (reader: inout Reader) throws(Reader.Failure) in try Self.node(&reader) }
    let trees = try reader.list(each: 2) { (reader: inout Reader) throws(Reader.Failure) in try Self.tree(&reader) }
    let values = try reader.doubles()
    let sets = try reader.list(each: 1) { (reader: inout Reader) throws(Reader.Failure) in
      try reader.list(each: 8) { (reader: inout Reader) throws(Reader.Failure) in try reader.fixed64() }
    }
    let base = try reader.doubles()
    guard
      let ensemble = TreeEnsemble(
        features: features, outputs: outputs, nodes: nodes, trees: trees, leafValues: values, sets: sets, base: base)
    else { throw reader.inconsistent("a place in the trees", at: start) }
    self.init(ensemble)
  }

  // MARK: Nodes in a package

  private static func write(_ node: TreeEnsemble.Node, to writer: inout some OperatorWriter) {
    switch node.test {
    case .leaf: writer.byte(0)
    case .atMost(let threshold):
      writer.byte(1)
      writer.double(threshold)
    case .member(let set):
      writer.byte(2)
      writer.int(set)
    }
    writer.int(node.feature)
    writer.int(node.left)
    writer.int(node.right)
    writer.bool(node.missingLeft)
  }

  private static func node<Reader: OperatorReader>(
    _ reader: inout Reader
  ) throws(Reader.Failure) -> TreeEnsemble.Node {
    let test = try test(&reader)
    return TreeEnsemble.Node(
      test: test, feature: try reader.int(), left: try reader.int(), right: try reader.int(),
      missingLeft: try reader.bool())
  }

  private static func test<Reader: OperatorReader>(
    _ reader: inout Reader
  ) throws(Reader.Failure) -> TreeEnsemble.Node.Test {
    let start = reader.position
    switch try reader.byte() {
    case 0: return .leaf
    case 1: return .atMost(try reader.double())
    case 2: return .member(set: try reader.int())
    // any other byte
    default: throw reader.badValue("a kind of tree node", at: start)
    }
  }

  private static func tree<Reader: OperatorReader>(
    _ reader: inout Reader
  ) throws(Reader.Failure) -> TreeEnsemble.Tree {
    TreeEnsemble.Tree(
      root: try reader.int(),
      output: try reader.optional { (reader: inout Reader) throws(Reader.Failure) in try reader.int() })
  }
}

extension GraphBuilder {
  public mutating func trees(_ port: VectorPort, _ ensemble: TreeEnsemble) -> VectorPort {
    let node = add(.trees(TreesOperator(ensemble)), [port.node], .vector(ensemble.outputs))
    return VectorPort(node: node, width: ensemble.outputs)
  }
}

extension Graph {
  /// The same graph with the leaf that a row ends in as its answer: the place of the leaf among the nodes of the trees. nil where
  /// that node is no single tree.
  public func answeringLeaf(of place: Int) -> Graph? {
    guard nodes.indices.contains(place), case .trees(let op) = nodes[place].op, op.ensemble.trees.count == 1 else {
      return nil
    }
    var tests = op.ensemble.nodes
    var leaves: [Double] = []
    for node in tests.indices where tests[node].test == .leaf {
      tests[node].feature = leaves.count
      leaves.append(Double(node))
    }
    let root = TreeEnsemble.Tree(root: op.ensemble.trees[0].root, output: 0)
    guard
      let ensemble = TreeEnsemble(
        features: op.ensemble.features, outputs: 1, nodes: tests, trees: [root], leafValues: leaves,
        sets: op.ensemble.sets, base: [0])
    else { return nil }
    var changed = nodes
    changed[place] = Node(
      op: .trees(TreesOperator(ensemble)), inputs: nodes[place].inputs, step: nodes[place].step, output: .vector(1))
    changed.append(
      Node(op: .element(ElementOperator(0)), inputs: [place], step: nodes[place].step, output: .column(.float)))
    return Graph(nodes: changed, prediction: changed.count - 1, probabilities: nil, classes: [], flags: []).pruned()
  }
}

private final class TreesKernel: OperatorKernel {
  let wiring: Wiring
  let scorer: TreeScorer

  init(_ wiring: Wiring, _ scorer: TreeScorer) {
    self.wiring = wiring
    self.scorer = scorer
  }

  func worker(width: Int, arena: TextArena) -> any OperatorWorker {
    TreesWorker(self, TreeScorer.Scratch(scorer, rows: width))
  }
}

private final class TreesWorker: OperatorWorker {
  let kernel: TreesKernel
  let scratch: TreeScorer.Scratch

  init(_ kernel: TreesKernel, _ scratch: TreeScorer.Scratch) {
    self.kernel = kernel
    self.scratch = scratch
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let wiring = kernel.wiring
    guard let x = registers.vectors[wiring.input], let out = registers.vectors[wiring.node]?.dense else { return }
    kernel.scorer.score(x, rows: rows, scratch, into: out)
  }
}
