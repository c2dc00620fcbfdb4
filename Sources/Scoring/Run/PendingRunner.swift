// SIGNATURES ONLY, to let Plan and Interpreter compile: the `expressions` engineer deletes this file when the real runner lands
// with these names (or fixes the two call sites in Plan/Recipe/RecipeRun.swift and Plan/Model/Model.swift).
import Kernels
import Tables

public enum PortValue: Sendable {
  case column(Column)
  case vector([Double], width: Int)

  public func column(places: [String]) -> Column {
    switch self {
    case .column(let column): column
    case .vector(let values, let width):
      .vector(VectorCells(names: places, values: values, count: width == 0 ? 0 : values.count / width))
    }
  }
}

public struct GraphRun: Sendable {
  /// Runs part of a graph over the columns of a table.
  public static func evaluate(
    _ nodes: [Graph.Node], wanted: [Port], on table: Table, _ progress: Progress
  ) throws(Cancelled) -> (outputs: [PortValue], notANumber: Int) { throw Cancelled() }
}

public final class Scorer: Sendable {
  public let graph: Graph
  public init(graph: Graph) { self.graph = graph }
}
