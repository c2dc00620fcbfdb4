import Expressions
import Kernels
import Tables

/// The answers for the rows of a table.
public struct Scored: Sendable {
  public let prediction: Column
  /// A probability per class, in the order of the graph's classes; nil for a regression.
  public let probabilities: VectorCells?
  /// For each flag of the graph the rows that it marks.
  public let flags: [(name: String, rows: Bitmap)]
  /// Inputs that the table did not have; they counted as missing.
  public let absent: [String]
  /// Inputs whose column is of another type; they counted as missing.
  public let mistyped: [String]
  /// The rows that break a guard of the graph, which are not to be answered; nil where it has none.
  public let refused: Bitmap?
}

/// A scoring graph made ready to run: wide over tables here, a row at a time by `RowScorer`, with the same bits.
public final class Scorer: Sendable {
  public let graph: Graph
  let program: GraphProgram

  /// Throws where a node does not fit its inputs or an expression does not compile.
  public init(graph: Graph) throws(GraphError) {
    self.graph = graph
    let wanted = [graph.prediction] + [graph.probabilities].compactMap { $0 } + graph.flags.map(\.node)
    program = try GraphProgram(graph.nodes, wanted: wanted)
    let prediction = graph.nodes[graph.prediction]
    guard case .column = prediction.output else { throw GraphError(misfit: prediction) }
    if let node = graph.probabilities {
      guard graph.nodes[node].output == .vector(graph.classes.count) else {
        throw GraphError(misfit: graph.nodes[node])
      }
    }
    for flag in graph.flags where graph.nodes[flag.node].output != .column(.bool) {
      throw GraphError(misfit: graph.nodes[flag.node])
    }
  }

  /// The raw columns that a row has to have, in this order.
  public var inputs: [Field] { program.inputs }

  /// Scores every row of a table, whose columns are found by name. In parallel; the result does not depend on the number of
  /// threads.
  public func score(_ table: Table, _ progress: Progress) throws(Cancelled) -> Scored {
    let wanted = [graph.prediction] + [graph.probabilities].compactMap { $0 } + graph.flags.map(\.node)
    let outputs = try GraphRun.run(program, wanted, keepsCodes: false, table, progress).outputs
    let names = graph.classes.map(\.description)
    var rest = outputs.dropFirst()
    let probabilities = graph.probabilities == nil ? nil : rest.popFirst()
    let flags: [(name: String, rows: Bitmap)] = zip(graph.flags, rest).map { ($0.name, Self.marks($1)) }
    return Scored(
      prediction: outputs[0].column(places: []), probabilities: probabilities.flatMap { Self.cells($0, names) },
      flags: flags, absent: absent(table), mistyped: mistyped(table),
      refused: Self.refused(graph.guards.map { flags[$0].rows }, of: table.rowCount))
  }

  private static func refused(_ guards: [Bitmap], of rows: Int) -> Bitmap? {
    guards.isEmpty ? nil : Bitmap((0..<rows).map { row in guards.contains { $0[row] } })
  }

  private func absent(_ table: Table) -> [String] { inputs.map(\.name).filter { table[$0] == nil } }

  private func mistyped(_ table: Table) -> [String] {
    inputs.filter { field in
      guard let type = table[field.name]?.type else { return false }
      return type != field.type && !(type == .int && field.type == .float)
    }.map(\.name)
  }

  private static func cells(_ value: PortValue, _ names: [String]) -> VectorCells? {
    guard case .vector(let cells) = value.column(places: names) else { return nil }
    return cells
  }

  private static func marks(_ value: PortValue) -> Bitmap {
    guard case .column(.bool(let cells)) = value else { return Bitmap(repeating: false, count: 0) }
    return Bitmap((0..<cells.count).map { cells[$0] == true })
  }
}
