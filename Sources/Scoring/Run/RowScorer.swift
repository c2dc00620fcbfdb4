import Expressions
import Tables

/// The answer for one row.
public struct RowScore: Sendable, Equatable {
  public internal(set) var prediction: Cell = .missing
  /// In the order of the graph's classes; empty for a regression.
  public internal(set) var probabilities: [Double] = []
  /// Whether each flag of the graph marks the row, in their order.
  public internal(set) var flags: [Bool] = []
  /// Whether the row breaks a guard of the graph: it is not to be answered.
  public internal(set) var isRefused = false

  public init() {}
}

/// Scores single rows in memory of its own, by the code that scores tables. For one thread at a time: a server keeps one per
/// thread.
public final class RowScorer {
  public let graph: Graph
  private let inputs: [Field]
  private let registers: GraphRegisters
  private let predictionType: ColumnType

  public init(_ scorer: Scorer) {
    graph = scorer.graph
    inputs = scorer.inputs
    registers = GraphRegisters(scorer.program, width: 1)
    if case .column(let type) = scorer.graph.nodes[scorer.graph.prediction].output {
      predictionType = type
    } else {
      predictionType = .float
    }
  }

  /// The answer for a row whose cells are in the order of `Scorer.inputs`; a cell that is not there or of another type is missing.
  public func score(row: [Cell]) -> RowScore {
    var answer = RowScore()
    score(row: row, into: &answer)
    return answer
  }

  /// As `score(row:)`, in an answer whose memory is used again: allocates nothing where no text is made.
  public func score(row: [Cell], into answer: inout RowScore) {
    registers.run(1) { input, block in
      block.set(input < row.count ? row[input] : .missing, inputs[input].type, registers.arena)
    }
    answer.prediction = registers.column(graph.prediction).cell(0, predictionType)
    writeProbabilities(&answer)
    let flags = graph.flags.count
    if answer.flags.count != flags { answer.flags = [Bool](repeating: false, count: flags) }
    answer.isRefused = false
    for place in 0..<flags {
      let block = registers.column(graph.flags[place].node)
      answer.flags[place] = block.isValid(0) && block.bools[0] != 0
      if answer.flags[place], graph.flags[place].isGuard { answer.isRefused = true }
    }
  }

  private func writeProbabilities(_ answer: inout RowScore) {
    guard let node = graph.probabilities else {
      answer.probabilities.removeAll(keepingCapacity: true)
      return
    }
    let count = graph.classes.count
    if answer.probabilities.count != count { answer.probabilities = [Double](repeating: 0, count: count) }
    answer.probabilities.withUnsafeMutableBufferPointer { places in
      if let base = places.baseAddress { registers.write(0, of: node, to: base) }
    }
  }
}
