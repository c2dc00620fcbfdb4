import Kernels
import Plan
import Storage
import Tables

/// Puts rows that are in a file in order.
///
/// The place of each row in the result comes of the sort's columns alone, which are in memory. Then the rows go once into files, one for
/// each stretch of the result, and each of those is put in order in memory and appended: every row is written and read twice, however
/// many there are (a distribution sort, Knuth 5.4.2).
struct SpilledSort {
  private let rows: SpilledRows
  private let chooser: any RowChooser

  init(_ rows: SpilledRows, _ chooser: any RowChooser) {
    self.rows = rows
    self.chooser = chooser
  }

  /// The rows in order, and what the step has to say.
  func sorted(_ progress: Progress) throws(EngineError) -> (rows: SpilledRows, remarks: [StageRemark]) {
    let (places, count) = try places(progress)
    let stretch = max(Spilling.chunkRows, Memory.bound / 8 / max(1, rowSize))
    let parts = try distribute(by: places, stretch, progress)
    let writer = try Self.writer()
    for part in parts {
      for chunk in try ordered(part, progress) {
        try SpilledRows.checking { () throws(ChunkFileError) in try writer.append(chunk) }
      }
    }
    // A file without a chunk has no columns either.
    if parts.isEmpty {
      try rows.fold(nil, progress) { none throws(EngineError) in
        try SpilledRows.checking { () throws(ChunkFileError) in try writer.append(none) }
        return true
      }
    }
    return (SpilledRows(writer.finish()), [count.remark(of: chooser)])
  }

  private static func writer() throws(EngineError) -> ChunkFileWriter {
    try SpilledRows.checking { () throws(ChunkFileError) in try ChunkFileWriter(temporaryIn: Spilling.folder) }
  }

  /// For each row its place in the result.
  private func places(_ progress: Progress) throws(EngineError) -> ([Int32], ChoiceCount) {
    let keys = try Rows.stored(rows).table(Set(chooser.reads), progress)
    let chosen = try chooser.choose(from: keys, progress)
    var places = [Int32](repeating: 0, count: chosen.rows.count)
    for (place, row) in chosen.rows.enumerated() { places[row] = Int32(truncatingIfNeeded: place) }
    var count = ChoiceCount()
    count.add(chosen, of: keys.rowCount)
    return (places, count)
  }

  private var rowSize: Int { rows.schema.fields.reduce(8) { $0 + $1.type.cellSize * 2 } }

  /// The rows of one stretch of the result in the order in which they came, and the place of each within the stretch.
  private struct Part {
    let writer: ChunkFileWriter
    var places: [Int32] = []
  }

  private func distribute(
    by places: [Int32], _ stretch: Int, _ progress: Progress
  ) throws(EngineError) -> [Part] {
    var parts: [Part] = []
    for _ in stride(from: 0, to: places.count, by: stretch) { parts.append(Part(writer: try Self.writer())) }
    var first = 0
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      var taken = [[Int]](repeating: [], count: parts.count)
      for row in 0..<chunk.rowCount {
        let place = Int(places[first + row])
        taken[place / stretch].append(row)
        parts[place / stretch].places.append(Int32(truncatingIfNeeded: place % stretch))
      }
      first += chunk.rowCount
      for (part, rows) in zip(parts, taken) where !rows.isEmpty {
        try SpilledRows.checking { () throws(ChunkFileError) in try part.writer.append(chunk.take(rows)) }
      }
      return true
    }
    return parts
  }

  private func ordered(_ part: Part, _ progress: Progress) throws(EngineError) -> [Table] {
    let table = try Rows.stored(SpilledRows(part.writer.finish())).table(nil, progress)
    var rows = [Int32](repeating: 0, count: part.places.count)
    for (row, place) in part.places.enumerated() { rows[Int(place)] = Int32(truncatingIfNeeded: row) }
    return stride(from: 0, to: rows.count, by: Spilling.chunkRows).map { start in
      table.take(RowList(ids: Array(rows[start..<min(rows.count, start + Spilling.chunkRows)])))
    }
  }
}
