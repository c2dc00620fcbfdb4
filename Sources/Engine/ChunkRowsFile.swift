import Kernels
import Plan
import Storage
import Tables

/// Rows in chunk files that have a name.
public struct ChunkRowsFile: RowsFile {
  public init() {}

  public func write(_ rows: Rows, to path: String, label: String, _ progress: Progress) throws(EngineError) {
    let writer = try SpilledRows.checking { () throws(ChunkFileError) in try ChunkFileWriter(at: path) }
    var isEmpty = true
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      for start in stride(from: 0, to: chunk.rowCount, by: Spilling.chunkRows) {
        try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
        let part = chunk.take(RowList(start..<min(chunk.rowCount, start + Spilling.chunkRows)))
        try SpilledRows.checking { () throws(ChunkFileError) in try writer.append(part) }
        isEmpty = false
      }
      return true
    }
    try SpilledRows.checking { () throws(ChunkFileError) in
      // A file without a chunk has no columns either.
      if isEmpty { try writer.append(Table(schemaOf: Schema(rows.columns.map(\.field)))) }
      try writer.finish(label: label)
    }
  }

  public func read(_ path: String, label: String, _ progress: Progress) throws(EngineError) -> Rows {
    let file = try SpilledRows.checking { () throws(ChunkFileError) in try ChunkFile(at: path, label: label) }
    let bytes = file.schema.fields.enumerated().reduce(0) { sum, column in
      // What a vector takes lies in how it is stored.
      let isVector = column.element.type == .vector
      return sum + (isVector ? file.byteCount(of: column.offset) : column.element.type.cellSize * file.rowCount)
    }
    guard Spilling.fits(cells: bytes) else {
      try SpilledRows.checking { () throws(ChunkFileError) in try file.verify() }
      return .stored(SpilledRows(file))
    }
    let columns = parallelMap(file.schema.fields.count) { place in
      Self.column(file.schema.fields[place], of: file, progress)
    }
    var all: [(String, Column)] = []
    for (field, column) in zip(file.schema.fields, columns) { all.append((field.name, try column.get())) }
    return .whole(Table(all, rowCount: file.rowCount))
  }

  private static func column(_ field: Field, of file: ChunkFile, _ progress: Progress) -> Result<Column, EngineError> {
    do throws(EngineError) {
      var builder = ColumnBuilder(expectedRows: file.rowCount)
      for place in file.chunkRows.indices {
        try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
        let chunk = try SpilledRows.checking { () throws(ChunkFileError) in
          try file.chunk(place, columns: [field.name])
        }
        builder.append(chunk.columns[0])
      }
      return .success(builder.finish() ?? .missing(field.type, count: 0))
    } catch {
      return .failure(error)
    }
  }
}
