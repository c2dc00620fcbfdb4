import Kernels
import Plan
import Storage
import Tables

/// Takes the chunks of a source: in memory while they are few, in a file from where they would fill the bound.
struct Spilling {
  static let chunkRows = 1 << 16

  /// What share of the bound the kept rows of one table may take.
  private static let share = 0.3

  /// Rows in a chunk of a file that takes all rows; nil for one that takes them from where they would fill the bound.
  private let rowsPerChunk: Int?
  private var builder = TableBuilder()
  private let expectedRows: Int
  private var bytes = 0
  private var schema = Schema([])
  /// A file for each run of chunks of one schema: a column that is open may turn to another type on the way.
  private var writers: [ChunkFileWriter] = []

  /// `expectedRows` is how many rows to make room for, where they fit; more may come.
  init(expectedRows: Int = 0, rowsPerChunk: Int? = nil) {
    self.expectedRows = expectedRows
    self.rowsPerChunk = rowsPerChunk
  }

  /// Whether rows that are so many bytes of text are sure to fit: a cell of two bytes takes eight at most.
  static func fits(text bytes: Int) -> Bool { Double(bytes) * 4 < Double(Memory.bound) * share }

  /// Whether kept rows of so many bytes of cells fit.
  static func fits(cells bytes: Int) -> Bool { Double(bytes) < Double(Memory.bound) * share }

  /// Takes the next chunk.
  mutating func take(_ chunk: Table) throws(ChunkFileError) {
    if let rowsPerChunk { return try write(chunk, in: rowsPerChunk) }
    if !writers.isEmpty { return try write(chunk) }
    if builder.rowCount == 0 { builder = TableBuilder(expectedRows: room(for: chunk)) }
    // What grows is copied to where it has twice the room.
    let fits = Self.hasMemory(for: 2 * chunk.byteCount)
    if fits {
      builder.append(chunk)
      bytes += chunk.byteCount
      schema = chunk.schema
    }
    guard !fits || Double(bytes) > Double(Memory.bound) * Self.share else { return }
    try writeKept()
    if !fits { try write(chunk) }
  }

  /// Whether there is memory for so many bytes, where need be after what is kept for later has made room.
  static func hasMemory(for bytes: Int) -> Bool {
    do throws(OutOfMemory) { try Memory.require(bytes) } catch { return false }
    return true
  }

  /// Writes the rows that are in memory, after which no more are kept there.
  private mutating func writeKept() throws(ChunkFileError) {
    if builder.rowCount == 0 { return }
    let rows = builder.finish(ScanReport(schema: schema, rowCount: builder.rowCount))
    builder = TableBuilder()
    try write(rows, in: Self.chunkRows)
    Memory.release()
  }

  /// Writes rows in chunks of so many.
  private mutating func write(_ rows: Table, in count: Int) throws(ChunkFileError) {
    for start in stride(from: 0, to: rows.rowCount, by: count) {
      try write(rows.take(RowList(start..<min(rows.rowCount, start + count))))
    }
  }

  /// How many rows to make room for at once, where they are like those of the first chunk: no more than are kept in memory.
  private func room(for first: Table) -> Int {
    let rowSize = max(1, first.byteCount / max(1, first.rowCount))
    let kept = Double(Memory.bound) * Self.share / Double(rowSize) + Double(first.rowCount)
    let rows = min(expectedRows, Int(kept))
    return Self.hasMemory(for: rows * rowSize) ? rows : 0
  }

  private mutating func write(_ chunk: Table) throws(ChunkFileError) {
    if writers.isEmpty || chunk.schema != schema {
      writers.append(try ChunkFileWriter(temporaryIn: TemporaryFolder.path))
      schema = chunk.schema
    }
    try writers[writers.count - 1].append(chunk)
  }

  /// All rows as the types that a scan's report gives. Chunks that were written before a column turned are written again.
  consuming func rows(_ report: ScanReport) throws(ChunkFileError) -> Rows {
    if writers.isEmpty { return .whole(builder.finish(report)) }
    let files = writers.map { $0.finish() }
    if files.count == 1, files[0].schema == report.schema { return .stored(SpilledRows(files[0])) }
    let writer = try ChunkFileWriter(temporaryIn: TemporaryFolder.path)
    for file in files {
      for place in file.chunkRows.indices {
        for chunk in ChunkedTable([try file.chunk(place)], report).chunks { try writer.append(chunk) }
      }
    }
    return .stored(SpilledRows(writer.finish()))
  }
}
