import Kernels
import Plan
import Scoring
import Tables

/// The one tree that a model is, read from its scoring graph.
public struct FittedTree: Sendable {
  public let ensemble: TreeEnsemble
  public let root: Int
  /// What the features of its nodes are.
  public let places: [FeaturePlace]
  /// Its place in the graph.
  private let node: Int

  /// nil where the model is no single tree.
  public init?(_ graph: Graph) {
    guard let reading = AnswerReading(graph), case .trees(let op) = graph.nodes[reading.node].op,
      op.ensemble.trees.count == 1, reading.link == .identity, op.ensemble.trees[0].output == nil
    else { return nil }
    ensemble = op.ensemble
    root = op.ensemble.trees[0].root
    places = reading.places
    node = reading.node
  }

  /// How many of the rows that the model was trained on come to each node; nil for a model without rows.
  ///
  /// O(rows × depth). Throws `interrupted` when cancelled, and what the recorded steps throw.
  public func rowCounts(_ model: Model, _ progress: Progress) throws(EngineError) -> [Int]? {
    guard let split = model.split, let graph = model.graph.answeringLeaf(of: node) else { return nil }
    let rows = try split.trainingRows(progress).places
    let scorer = try Scorer.compiled(graph)
    let raw = split.raw.select(graph.inputs.map(\.name))
    var counts = [Int](repeating: 0, count: ensemble.nodes.count)
    for start in stride(from: 0, to: rows.count, by: Self.chunk) {
      let part = rows.at(RowList(start..<min(rows.count, start + Self.chunk)))
      let scored = try EngineError.checking { () throws(Cancelled) in try scorer.score(raw.take(part), progress) }
      for row in 0..<scored.prediction.count {
        guard let leaf = scored.prediction[row].number.map({ Int($0) }), counts.indices.contains(leaf) else { continue }
        counts[leaf] += 1
      }
    }
    for place in ensemble.nodes.indices.reversed() {
      let node = ensemble.nodes[place]
      if node.test != .leaf { counts[place] = counts[node.left] + counts[node.right] }
    }
    return counts
  }

  private static let chunk = 1 << 18
}
