import Kernels
import Plan
import Storage
import Tables

/// Writes rows to a file without a name, which goes with its last user.
public final class TemporaryRows {
  private let writer: ChunkFileWriter
  /// How many rows were written.
  public private(set) var rowCount = 0

  /// Throws `cannotWrite` where the folder for temporary files takes none.
  public init() throws(EngineError) {
    writer = try SpilledRows.checking { () throws(ChunkFileError) in
      try ChunkFileWriter(temporaryIn: TemporaryFolder.path)
    }
  }

  /// Writes a chunk; all have the columns of the first. Throws `cannotWrite`.
  public func append(_ chunk: Table) throws(EngineError) {
    try SpilledRows.checking { () throws(ChunkFileError) in try writer.append(chunk) }
    rowCount += chunk.rowCount
  }

  /// The rows to be read; nothing can be written after that.
  public func finish() -> TemporaryChunks { TemporaryChunks(writer.finish()) }
}

/// Rows that were written to a file without a name, chunk by chunk.
public struct TemporaryChunks: Sendable {
  let file: ChunkFile

  init(_ file: ChunkFile) { self.file = file }

  /// How many chunks there are.
  public var count: Int { file.chunkRows.count }

  /// All of them. Where no chunk was written there are no columns either.
  public var rows: Rows { .stored(SpilledRows(file)) }

  /// The columns named (nil: all) of the chunk at a place. Throws what reading it throws.
  public func chunk(_ place: Int, columns: Set<String>? = nil) throws(EngineError) -> Table {
    try SpilledRows.checking { () throws(ChunkFileError) in try file.chunk(place, columns: columns) }
  }
}
