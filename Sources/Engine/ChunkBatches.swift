import Kernels
import Plan
import Storage
import Tables

extension SpilledRows {
  /// Chunks that are read side by side have no more rows than this.
  private static let batchRows = 1 << 17

  /// Gives what steps make of the chunks' columns, in the order of the chunks, until `take` says false. Some chunks are read side by
  /// side and go through the steps there, unless a step keeps rows by their places. What the steps have to say is in the pass.
  func each(
    by steps: SettledRecipe, reading columns: Set<String>, _ progress: Progress,
    _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) -> SettledRecipe.Pass {
    var pass = steps.pass()
    var start = 0
    while start < file.chunkRows.count {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(start) / Double(file.chunkRows.count), "reading rows")
      }
      let batch = batch(from: start)
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
  private func batch(from start: Int) -> Range<Int> {
    let threads = Threads.count
    var (end, rows) = (start + 1, file.chunkRows[start])
    while end < file.chunkRows.count, end - start < (threads > 1 ? 2 * threads : 1),
      rows + file.chunkRows[end] <= Self.batchRows
    {
      rows += file.chunkRows[end]
      end += 1
    }
    return start..<end
  }
}
