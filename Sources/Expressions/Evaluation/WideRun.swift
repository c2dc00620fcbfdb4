import Kernels
import Tables

/// A program run over whole columns, block by block.
struct WideRun {
  let column: Column
  /// A bit for each cell that is missing because a computation had no value.
  let failed: [UInt64]
  /// All there is to say but for the computations without a value.
  let counts: EvaluationCounts

  /// With the computations without a value.
  var allCounts: EvaluationCounts {
    var all = counts
    all.notANumber += failed.reduce(0) { $0 + $1.nonzeroBitCount }
    return all
  }

  /// Rows a block: small enough that a dozen registers stay in the processor's second cache.
  static let blockWidth = 1024
  /// Rows a task, whatever the number of threads; a multiple of the block.
  static let taskRows = 16 * blockWidth

  static func run(
    _ program: Program, _ type: ColumnType, _ columns: [Column], _ fields: [Field], _ rowCount: Int,
    _ progress: Progress
  ) throws(Cancelled) -> WideRun {
    let tasks = (rowCount + taskRows - 1) / taskRows
    let writer = try progress.bounded { () throws(OutOfMemory) in
      try ColumnWriter(type, rowCount: rowCount, tasks: tasks)
    }
    let counts = PinnedColumn.with(columns, fields, rowCount: rowCount) { pinned in
      parallelMap(tasks) { task -> EvaluationCounts in
        let rows = task * taskRows..<min(rowCount, (task + 1) * taskRows)
        let registers = Registers(program, width: min(blockWidth, rows.count))
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockWidth) {
          if progress.isCancelled { break }
          let block = start..<min(start + blockWidth, rows.upperBound)
          registers.arena.reset()
          for (place, column) in pinned.enumerated() { column.load(block, into: &registers.input(place).pointee) }
          registers.run(block.count)
          do throws(OutOfMemory) {
            if let refusal = registers.arena.refusal { throw refusal }
            try writer.write(registers.output, count: block.count, at: start, task: task)
          } catch {
            progress.refuse(error)
            break
          }
        }
        return registers.counts
      }
    }
    try progress.checkpoint()
    let column = try progress.bounded { () throws(OutOfMemory) in try writer.column() }
    return WideRun(
      column: column, failed: writer.failures, counts: counts.reduce(into: EvaluationCounts()) { $0 += $1 })
  }
}
