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

  /// The masks of a graph: nodes of a step `mask …` that read a raw column. Of several of one step the last is the result.
  static func all(in graph: Graph) throws(GraphError) -> [InputMask] {
    var places: [Int: Int] = [:]
    for (place, node) in graph.nodes.enumerated() {
      if case .input = node.op { places[place] = places.count }
    }
    var last: [Int: Int] = [:]
    // Which raw column a node of a mask comes from; a mask is a chain, so one is enough.
    var origins = places
    for (place, node) in graph.nodes.enumerated() where node.step.hasPrefix("mask ") {
      guard let origin = node.inputs.lazy.compactMap({ origins[$0] }).first, case .column = node.output else {
        continue
      }
      if case .input = node.op { continue }
      origins[place] = origin
      last[origin] = place
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
