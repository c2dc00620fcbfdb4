import Kernels
import Plan
import Storage
import Tables

extension SpilledRows {
  /// Chunks that are read side by side have no more rows than this, nor cells that take more than a part of the memory that there is:
  /// what steps make of them is in memory with them.
  private static let batchRows = 1 << 18
  private static let batchShare = 16

  /// Gives what steps make of the chunks' columns, in the order of the chunks, until `take` says false. Some chunks are read side by
  /// side and go through the steps there, unless a step keeps rows by their places. What the steps have to say is in the pass.
  func each(
    by steps: SettledRecipe, reading columns: Set<String>, _ progress: Progress,
    _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) -> SettledRecipe.Pass {
    var pass = steps.pass()
    let bytesPerRow = file.schema.fields.reduce(1) { $0 + (columns.contains($1.name) ? $1.type.cellSize : 0) }
    var start = 0
    while start < file.chunkRows.count {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(start) / Double(file.chunkRows.count), "reading rows")
      }
      let batch = batch(from: start, bytesPerRow: bytesPerRow)
      start = batch.upperBound
      let isApart = !pass.isOfPlaces
      let (source, fresh) = (file, steps.pass())
      let parts = parallelMap(batch.count) { place -> Result<(Table, SettledRecipe.Pass), EngineError> in
        do throws(EngineError) {
          let chunk = try Self.checking { () throws(ChunkFileError) in
            try source.chunk(batch.lowerBound + place, columns: columns)
          }
          guard isApart else { return .success((chunk, fresh)) }
          var own = fresh
          let rows = try own.take(chunk, progress)
          return .success((rows, own))
        } catch {
          return .failure(error)
        }
      }
      for part in parts {
        var (rows, own) = try part.get()
        if isApart { pass.add(own) } else { rows = try pass.take(rows, progress) }
        if try !take(rows) { return pass }
      }
    }
    return pass
  }

  /// The next chunks that are looked at together.
  private func batch(from start: Int, bytesPerRow: Int) -> Range<Int> {
    let threads = Threads.count
    let most = min(Self.batchRows, Memory.bound / Self.batchShare / bytesPerRow)
    var (end, rows) = (start + 1, file.chunkRows[start])
    while end < file.chunkRows.count, end - start < (threads > 1 ? 2 * threads : 1),
      rows + file.chunkRows[end] <= most
    {
      rows += file.chunkRows[end]
      end += 1
    }
    return start..<end
  }
}
