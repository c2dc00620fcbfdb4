import Kernels
import Plan
import Storage
import Tables

/// Rows that are read a chunk at a time, each chunk as often as somebody asks for it.
protocol RowChunks: Sendable {
  var schema: Schema { get }
  /// How many rows each chunk has.
  var chunkRows: [Int] { get }
  /// For each column how many of its cells are missing.
  var missing: [Int] { get }
  var rowCount: Int { get }
  /// The chunks from one on that have to be read together; nil where each can be read by itself.
  func stretch(from first: Int) -> Range<Int>?
  /// What reads the columns named of some chunks, each by its place: on any thread, as long as it is held.
  func reading(_ chunks: Range<Int>, columns: Set<String>) throws(EngineError) -> ChunkReading
}

/// Gives a chunk by its place.
typealias ChunkReading = @Sendable (Int) throws(EngineError) -> Table

extension ChunkFile: RowChunks {
  func stretch(from first: Int) -> Range<Int>? { nil }

  func reading(_ chunks: Range<Int>, columns: Set<String>) -> ChunkReading {
    { place throws(EngineError) in
      try SpilledRows.checking { () throws(ChunkFileError) in try self.chunk(place, columns: columns) }
    }
  }
}
