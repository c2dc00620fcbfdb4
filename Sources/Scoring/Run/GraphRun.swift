import Expressions
import Kernels
import Tables

/// What flowed out of a node over all rows.
public enum PortValue: Sendable, Equatable {
  case column(Column)
  /// Row after row; not-a-number stands for missing.
  case vector([Double], width: Int)
  /// What a one-hot node gives: one at the place of each row's code and zero elsewhere; -1 is for no place.
  case oneHot([Int32], width: Int)

  /// As a column; a vector's places have the names given.
  public func column(places: [String]) -> Column {
    switch self {
    case .column(let column): column
    case .vector(let values, let width):
      .vector(VectorCells(names: places, values: values, count: width == 0 ? 0 : values.count / width))
    case .oneHot(let codes, _): .vector(VectorCells(names: places, codes: codes))
    }
  }
}

/// Why part of a graph gave nothing.
public enum GraphRunFailure: Error, Sendable, Hashable {
  case cancelled
  /// A needed node does not fit its inputs, or an expression does not compile.
  case graph(GraphError)
}

/// Runs part of a graph over a table: how fitted steps transform columns in training, by the very code that serves.
public enum GraphRun {
  /// The outputs of the wanted ports, and what is to be said of the cells that were made on the way.
  ///
  /// Columns of the table are found by name; one that is not there, or of another type, is missing throughout (ints serve for
  /// floats). O(rows × nodes), in parallel over fixed chunks.
  public static func evaluate(
    _ nodes: [Graph.Node], wanted: [Port], on table: Table, _ progress: Progress
  ) throws(GraphRunFailure) -> (outputs: [PortValue], counts: EvaluationCounts) {
    let program: GraphProgram
    do throws(GraphError) {
      program = try GraphProgram(nodes, wanted: wanted.map(\.node))
    } catch {
      throw .graph(error)
    }
    do throws(Cancelled) {
      return try run(program, wanted.map(\.node), keepsCodes: true, table, progress)
    } catch {
      throw .cancelled
    }
  }

  static let taskRows = 1 << 14

  /// `keepsCodes` gives the vectors of one-hot nodes as codes, else they are doubles as all others.
  static func run(
    _ program: GraphProgram, _ wanted: [Int], keepsCodes: Bool, _ table: Table, _ progress: Progress
  ) throws(Cancelled) -> (outputs: [PortValue], counts: EvaluationCounts) {
    let rowCount = table.rowCount
    let tasks = (rowCount + taskRows - 1) / taskRows
    var made: [PortWriter] = []
    for node in wanted {
      made.append(
        try progress.bounded { () throws(OutOfMemory) in
          try PortWriter(program, node: node, keepsCodes: keepsCodes, rowCount: rowCount, tasks: tasks)
        })
    }
    let writers = made
    let counts = PinnedColumn.with(
      program.inputs.map { table[$0.name] }, program.inputs, rowCount: rowCount
    ) { pinned in
      parallelMap(tasks) { task in
        let rows = task * taskRows..<min(rowCount, (task + 1) * taskRows)
        return runTask(program, pinned, rows, task, writers, progress)
      }
    }
    try progress.checkpoint()
    var values: [PortValue] = []
    for writer in writers {
      values.append(try progress.bounded { () throws(OutOfMemory) in try writer.value() })
    }
    return (values, counts.reduce(into: EvaluationCounts()) { $0 += $1 })
  }

  private static func runTask(
    _ program: GraphProgram, _ pinned: [PinnedColumn], _ rows: Range<Int>, _ task: Int, _ writers: [PortWriter],
    _ progress: Progress
  ) -> EvaluationCounts {
    let width = program.blockWidth
    let registers = GraphRegisters(program, width: min(width, rows.count))
    var counts = EvaluationCounts()
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: width) {
      if progress.isCancelled { break }
      let block = start..<min(start + width, rows.upperBound)
      registers.run(block.count) { input, cells in pinned[input].load(block, into: &cells) }
      do throws(OutOfMemory) {
        for writer in writers { try writer.write(registers, block, task) }
      } catch {
        progress.refuse(error)
        break
      }
      counts += registers.counts
    }
    return counts
  }
}
