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
    let bytesPerRow = chunks.schema.fields.reduce(1) { $0 + (columns.contains($1.name) ? $1.type.cellSize : 0) }
    var start = 0
    while start < chunks.chunkRows.count {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(start) / Double(chunks.chunkRows.count), "reading rows")
      }
      let batch = chunks.stretch(from: start) ?? batch(from: start, bytesPerRow: bytesPerRow)
      start = batch.upperBound
      let isApart = !pass.isOfPlaces
      let fresh = steps.pass()
      let read = try chunks.reading(batch, columns: columns)
      let parts = parallelMap(batch.count) { place -> Result<(Table, SettledRecipe.Pass), EngineError> in
        do throws(EngineError) {
          let chunk = try read(batch.lowerBound + place)
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
    var (end, rows) = (start + 1, chunks.chunkRows[start])
    while end < chunks.chunkRows.count, end - start < (threads > 1 ? 8 * threads : 1),
      rows + chunks.chunkRows[end] <= most
    {
      rows += chunks.chunkRows[end]
      end += 1
    }
    return start..<end
  }
}
