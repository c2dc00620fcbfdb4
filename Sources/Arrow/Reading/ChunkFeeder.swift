import Formats
import Kernels
import Tables

/// Rows of a batch that become one chunk.
struct ChunkTask: Sendable {
  let batch: Batch
  let rows: Range<Int>
  /// How much of the file lies behind, 0 … 1.
  let fraction: Double
}

/// Gives the rows of a file chunk by chunk: batches in their order, those of many rows in several chunks. Dictionaries are read on the
/// way, those of the columns that are wanted alone.
final class ChunkFeeder {
  /// A chunk has at most so many rows, and fewer where they have many columns: what it takes is bounded however wide the table is.
  private static let (mostRows, mostCells) = (1 << 16, 1 << 21)
  /// Chunks begin at a multiple of this, so that their bits begin with a word.
  private static let granularity = 64
  /// Rows of which a file holds no byte are not believed beyond this.
  private static let mostEmptyRows = 1 << 31

  private let frames: any MessageFrames
  private let schema: ArrowSchema
  private let wanted: Set<Int64>
  private let chunkRows: Int
  private let progress: Progress
  private var left: Int
  private var tables: DictionaryTables
  private var batch: Batch?
  private var next = 0
  private var rowsSoFar = 0
  private var hasFailed = false

  /// For `columns` of the schema and at most `limit` rows.
  init(
    _ frames: any MessageFrames, _ schema: ArrowSchema, columns: [ArrowSchema.Column], limit: Int?, _ progress: Progress
  ) {
    self.frames = frames
    self.schema = schema
    self.progress = progress
    wanted = Set(columns.compactMap { $0.dictionary?.id })
    let fitting = Self.mostCells / max(1, columns.count)
    chunkRows = max(Self.granularity, min(Self.mostRows, fitting / Self.granularity * Self.granularity))
    left = limit ?? .max
    tables = DictionaryTables(schema)
  }

  /// The next rows, or what is wrong with them; nil at the end and after a failure.
  func nextTask() -> Result<ChunkTask, SourceError>? {
    if hasFailed || left <= 0 { return nil }
    do throws(SourceError) {
      while batch == nil || next >= batch?.head.rowCount ?? 0 {
        if progress.isCancelled { throw SourceError(source: schema.source, reason: .cancelled) }
        guard let (message, body) = try frames.next(progress) else { return nil }
        try take(message, body)
      }
      return batch.map { .success(cut($0)) }
    } catch {
      hasFailed = true
      return .failure(error)
    }
  }

  private func cut(_ batch: Batch) -> ChunkTask {
    let end = min(batch.head.rowCount, next + min(chunkRows, left))
    let rows = next..<end
    next = end
    left -= rows.count
    return ChunkTask(batch: batch, rows: rows, fraction: frames.fraction)
  }

  private func take(_ message: Message, _ body: MessageBody) throws(SourceError) {
    switch message.content {
    case .schema: throw SourceError(source: schema.source, reason: .badFormat("it states its schema twice"))
    case .dictionary(let head): if wanted.contains(head.id) { try tables.take(head, body, progress) }
    case .batch(let head):
      guard head.rowCount <= Self.mostEmptyRows || head.rowCount >> 24 <= body.length else { throw head.bytes.damaged }
      let body = BatchBody(
        body, head.codec, isShared: head.rowCount > min(chunkRows, left), source: schema.source, progress)
      batch = try Batch(
        head, body, nodes: schema.nodes, tables.values(wanted), source: schema.source,
        firstRow: rowsSoFar, progress)
      next = 0
      rowsSoFar += head.rowCount
    }
  }
}
