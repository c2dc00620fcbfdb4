import Scoring
import Tables

/// What a recorded `mask` makes of a raw column, so that the request log keeps that and not the raw value.
struct InputMask: Sendable {
  /// The place of the raw column.
  let input: Int
  /// The type that the mask gives.
  let type: ColumnType
  private let scorers: ScorerPool

  /// The mask's value for a row.
  func value(_ row: [Cell]) -> Cell { scorers.withScorer { $0.score(row: row).prediction } }

  /// The masks of a graph: nodes with that role. Of several for one raw column the last is the result.
  static func all(in graph: Graph) throws(GraphError) -> [InputMask] {
    let names = graph.inputs.map(\.name)
    var last: [Int: Int] = [:]
    for (node, role) in graph.roles {
      guard case .mask(let name) = role, let input = names.firstIndex(of: name) else { continue }
      last[input] = node
    }
    var masks: [InputMask] = []
    for input in last.keys.sorted() {
      guard let node = last[input], let part = graph.answering(node) else { continue }
      masks.append(
        InputMask(
          input: input, type: graph.nodes[node].columnType, scorers: ScorerPool(try Scorer(graph: part))))
    }
    return masks
  }
}
