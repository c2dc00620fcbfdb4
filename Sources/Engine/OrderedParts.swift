import Kernels
import Plan
import Storage
import Tables

/// Rows in an order that was found for them: a file for each stretch of the result, which holds its rows as they came and is put in order
/// in memory when it is read. So a sort writes every row once.
struct OrderedParts: RowChunks {
  /// A stretch of the result.
  struct Part: Sendable {
    let file: ChunkFile
    /// For each place in the stretch which row of the file stands there.
    let order: [Int32]
  }

  let schema: Schema
  let missing: [Int]
  let rowCount: Int
  let chunkRows: [Int]
  private let parts: [Part]
  /// For each part its first chunk, then how many chunks there are.
  private let firsts: [Int]

  /// The parts in the order of the result, none of them without rows.
  init(_ parts: [Part], schema: Schema, missing: [Int]) {
    self.parts = parts
    self.schema = schema
    self.missing = missing
    var (rows, firsts) = ([Int](), [0])
    for part in parts {
      for start in stride(from: 0, to: part.order.count, by: Spilling.chunkRows) {
        rows.append(min(Spilling.chunkRows, part.order.count - start))
      }
      firsts.append(rows.count)
    }
    (chunkRows, self.firsts) = (rows, firsts)
    rowCount = rows.reduce(0, +)
  }

  private func part(of chunk: Int) -> Int { (firsts.firstIndex { $0 > chunk } ?? parts.count) - 1 }

  func stretch(from first: Int) -> Range<Int>? { first..<firsts[part(of: first) + 1] }

  func reading(_ chunks: Range<Int>, columns: Set<String>) throws(EngineError) -> ChunkReading {
    let place = part(of: chunks.lowerBound)
    let (first, order) = (firsts[place], parts[place].order)
    let table = try whole(parts[place].file, columns)
    return { chunk throws(EngineError) in
      let start = (chunk - first) * Spilling.chunkRows
      return table.take(RowList(ids: Array(order[start..<min(order.count, start + Spilling.chunkRows)])))
    }
  }

  /// The columns named of all rows of a file, its chunks read side by side.
  private func whole(_ file: ChunkFile, _ columns: Set<String>) throws(EngineError) -> Table {
    let fields = schema.fields.filter { columns.contains($0.name) }
    let bytes = fields.reduce(0) { $0 + $1.type.cellSize * file.rowCount }
    do throws(OutOfMemory) { try Memory.require(2 * bytes) } catch { throw EngineError(error, rows: file.rowCount) }
    let read = file.reading(0..<file.chunkRows.count, columns: columns)
    let chunks = parallelMap(file.chunkRows.count) { place -> Result<Table, EngineError> in
      do throws(EngineError) { return .success(try read(place)) } catch { return .failure(error) }
    }
    var all: [Table] = []
    for chunk in consume chunks { all.append(try chunk.get()) }
    return ChunkedTable(schema: Schema(fields), chunks: consume all).whole()
  }
}
