import Formats
import Kernels
import Tables

/// One reading of a file: chunks are made side by side and given in order.
final class ArrowReading {
  private let feeder: ChunkFeeder
  private let columns: [ArrowSchema.Column]
  private let readings: [WideReading?]
  private let source: String
  /// The rows that were looked at to settle the types.
  private var first: Result<ChunkTask, SourceError>?
  private var losses: [Losses]

  init(
    _ feeder: ChunkFeeder, _ columns: [ArrowSchema.Column], stated: [String: ColumnType], source: String
  ) throws(SourceError) {
    self.feeder = feeder
    self.columns = columns
    self.source = source
    losses = columns.map { _ in Losses() }
    first = feeder.nextTask()
    readings = try WideReading.settled(columns, try first?.get().batch, stated: stated)
  }

  var schema: Schema {
    Schema(zip(columns, readings).map { Field($0.name, WideReading.columnType(of: $0, $1)) })
  }

  /// What was not taken over as it is in the file.
  var notes: [String] { zip(columns, losses).flatMap { $1.notes(column: $0.name) } }

  func run(
    _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) {
    let maker = ChunkMaker(columns: columns, readings: readings)
    let threads = Threads.count
    let feed = OrderedFeed<Result<ChunkTask, SourceError>, Result<Chunk, SourceError>>(window: threads + 2) {
      [self] in
      next()
    } make: { task in
      do throws(SourceError) { return .success(try maker.chunk(try task.get())) } catch { return .failure(error) }
    }
    var fraction = 0.0
    try feed.run(threads: threads) { () throws(SourceError) in
      do throws(Cancelled) { try progress.checkpoint(fraction, "reading") } catch {
        throw SourceError(source: source, reason: .cancelled)
      }
    } take: { (part) throws(SourceError) in
      let chunk = try part.get()
      fraction = chunk.fraction
      for (place, lost) in chunk.losses.enumerated() { losses[place] += lost }
      return try take(chunk.table) == .more
    }
  }

  private func next() -> Result<ChunkTask, SourceError>? {
    if let first {
      self.first = nil
      return first
    }
    return feeder.nextTask()
  }
}

/// Rows of a batch as a table.
struct Chunk: Sendable {
  let table: Table
  /// By column.
  let losses: [Losses]
  let fraction: Double
}

/// Makes chunks, on any thread.
struct ChunkMaker: Sendable {
  let columns: [ArrowSchema.Column]
  let readings: [WideReading?]

  /// The columns of some rows. Throws `badFormat` and `badCell` for what the file should not have, and `cancelled`.
  func chunk(_ task: ChunkTask) throws(SourceError) -> Chunk {
    var made = [Column?](repeating: nil, count: columns.count)
    var losses = columns.map { _ in Losses() }
    // Chunks of one batch begin with other columns: two threads do not wait for one buffer to be expanded.
    let shift = columns.isEmpty ? 0 : task.rows.lowerBound / max(1, task.rows.count) % columns.count
    for step in columns.indices {
      if task.batch.progress.isCancelled { throw SourceError(source: task.batch.source, reason: .cancelled) }
      let place = (step + shift) % columns.count
      var decoder = ColumnDecoder(task.batch, columns[place], task.rows, reading: readings[place])
      made[place] = try decoder.decoded()
      losses[place] = decoder.losses
    }
    let table = Table(
      names: columns.map(\.name), columns: made.compactMap(\.self), rowCount: task.rows.count)
    return Chunk(table: table, losses: losses, fraction: task.fraction)
  }
}
