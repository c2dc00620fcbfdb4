import Kernels
import Tables

/// A program run over whole columns, block by block.
enum WideRun {
  /// Rows a block: small enough that a dozen registers stay in the processor's second cache.
  static let blockWidth = 1024
  /// Rows a task, whatever the number of threads; a multiple of the block.
  static let taskRows = 16 * blockWidth

  static func run(
    _ program: Program, _ type: ColumnType, _ columns: [Column], _ fields: [Field], _ rowCount: Int,
    _ progress: Progress
  ) throws(Cancelled) -> (column: Column, failed: [UInt64]) {
    let tasks = (rowCount + taskRows - 1) / taskRows
    let writer = try progress.bounded { () throws(OutOfMemory) in
      try ColumnWriter(type, rowCount: rowCount, tasks: tasks)
    }
    PinnedColumn.with(columns, fields, rowCount: rowCount) { pinned in
      parallelChunks(of: rowCount, size: taskRows) { task, rows in
        let registers = Registers(program, width: min(blockWidth, rows.count))
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockWidth) {
          if progress.isCancelled { return }
          let block = start..<min(start + blockWidth, rows.upperBound)
          registers.arena.reset()
          for (place, column) in pinned.enumerated() { column.load(block, into: &registers.input(place).pointee) }
          registers.run(block.count)
          do throws(OutOfMemory) {
            if let refusal = registers.arena.refusal { throw refusal }
            try writer.write(registers.output, count: block.count, at: start, task: task)
          } catch {
            return progress.refuse(error)
          }
        }
      }
    }
    try progress.checkpoint()
    let column = try progress.bounded { () throws(OutOfMemory) in try writer.column() }
    return (column, writer.failures)
  }
}
