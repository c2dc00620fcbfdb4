import Scoring

extension ByteWriter {
  mutating func trees(_ ensemble: TreeEnsemble) {
    int(ensemble.features)
    int(ensemble.outputs)
    list(ensemble.nodes) { $0.treeNode($1) }
    list(ensemble.trees) {
      $0.int($1.root)
      $0.optional($1.output) { $0.int($1) }
    }
    doubles(ensemble.leafValues)
    list(ensemble.sets) { $0.list($1) { $0.fixed($1) } }
    doubles(ensemble.base)
  }

  private mutating func treeNode(_ node: TreeEnsemble.Node) {
    switch node.test {
    case .leaf: byte(0)
    case .atMost(let threshold):
      byte(1)
      double(threshold)
    case .member(let set):
      byte(2)
      int(set)
    }
    int(node.feature)
    int(node.left)
    int(node.right)
    bool(node.missingLeft)
  }
}

extension ByteReader {
  mutating func trees() throws(PackageError) -> TreeEnsemble {
    let start = position
    let features = try int()
    let outputs = try int()
    let nodes = try list(each: 5) { (reader) throws(PackageError) in try reader.treeNode() }
    let trees = try list(each: 2) { (reader) throws(PackageError) in
      TreeEnsemble.Tree(
        root: try reader.int(), output: try reader.optional { (reader) throws(PackageError) in try reader.int() })
    }
    let values = try doubles()
    let sets = try list(each: 1) { (reader) throws(PackageError) in
      try reader.list(each: 8) { (reader) throws(PackageError) in try reader.fixed64() }
    }
    let base = try doubles()
    guard
      let ensemble = TreeEnsemble(
        features: features, outputs: outputs, nodes: nodes, trees: trees, leafValues: values, sets: sets, base: base)
    else { throw PackageError(offset: start, .inconsistent("a place in the trees")) }
    return ensemble
  }

  private mutating func treeNode() throws(PackageError) -> TreeEnsemble.Node {
    let test = try treeTest()
    return TreeEnsemble.Node(
      test: test, feature: try int(), left: try int(), right: try int(), missingLeft: try bool())
  }

  private mutating func treeTest() throws(PackageError) -> TreeEnsemble.Node.Test {
    let start = position
    switch try byte() {
    case 0: return .leaf
    case 1: return .atMost(try double())
    case 2: return .member(set: try int())
    default: throw PackageError(offset: start, .badValue("a kind of tree node"))
    }
  }
}
