import Expressions
import Tables

extension Graph {
  /// The widest vector of a graph, and the bound on all its vectors together is sixteen times that: a row of a graph from
  /// outside never needs more than 128 MiB.
  public static let maximumWidth = 1 << 20

  /// A graph whose parts came from outside; nil unless every node comes after its inputs and takes their types, its output is
  /// what its operator gives, input names are distinct, and prediction, probabilities, classes and flags fit.
  /// O(nodes and their numbers).
  public static func validated(
    nodes: [Node], prediction: Int, probabilities: Int?, classes: [Cell], flags: [Flag]
  ) -> Graph? {
    guard wiringHolds(nodes) else { return nil }
    let graph = Graph(
      nodes: nodes, prediction: prediction, probabilities: probabilities, classes: classes, flags: flags)
    return graph.answerHolds ? graph : nil
  }

  private static func wiringHolds(_ nodes: [Node]) -> Bool {
    var names: Set<String> = []
    var width = 0
    for (place, node) in nodes.enumerated() {
      guard node.inputs.allSatisfy({ (0..<place).contains($0) }),
        node.op.output(node.inputs.map { nodes[$0].output }) == node.output
      else { return false }
      if case .input(let op) = node.op, !names.insert(op.name).inserted { return false }
      if case .vector(let places) = node.output {
        width += places
        guard places <= maximumWidth, width <= 16 * maximumWidth else { return false }
      }
    }
    return true
  }

  private var answerHolds: Bool {
    guard nodes.indices.contains(prediction), case .column = nodes[prediction].output else { return false }
    if let probabilities {
      guard nodes.indices.contains(probabilities), !classes.isEmpty,
        nodes[probabilities].output == .vector(classes.count)
      else { return false }
    }
    let types = Set(classes.map(\.type))
    guard types.count <= 1, !types.contains(nil), !types.contains(.vector) else { return false }
    return flags.allSatisfy { nodes.indices.contains($0.node) && nodes[$0.node].output == .column(.bool) }
  }
}
