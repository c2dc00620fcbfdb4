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
    let places = try places(progress)
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
    var count = ChoiceCount()
    count.addAll(places.count)
    return (SpilledRows(writer.finish()), count.remarks(of: chooser))
  }

  private static func writer() throws(EngineError) -> ChunkFileWriter {
    try SpilledRows.checking { () throws(ChunkFileError) in try ChunkFileWriter(temporaryIn: TemporaryFolder.path) }
  }

  /// For each row its place in the result.
  private func places(_ progress: Progress) throws(EngineError) -> [Int32] {
    let order = try chooser.order(of: .stored(rows), progress)
    return [Int32](unsafeUninitializedCapacity: order.count) { places, count in
      for (place, row) in order.enumerated() { places[Int(row)] = Int32(truncatingIfNeeded: place) }
      count = order.count
    }
  }

  /// Twice what a row takes as a cell each, for it is there as it came and as it goes.
  private var rowSize: Int { rows.schema.fields.reduce(8) { $0 + $1.type.cellSize * 2 } }

  /// The rows of one stretch of the result in the order in which they came, and the place of each within the stretch.
  private struct Part {
    let writer: ChunkFileWriter
    var places: [Int32] = []
  }

  /// Many chunks go at once: what a part gets of one alone is little, and all words of a column would stand beside it.
  private func distribute(
    by places: [Int32], _ stretch: Int, _ progress: Progress
  ) throws(EngineError) -> [Part] {
    var parts: [Part] = []
    for _ in stride(from: 0, to: places.count, by: stretch) { parts.append(Part(writer: try Self.writer())) }
    var waiting = TableBuilder()
    var first = 0
    func pass() throws(EngineError) {
      let table = waiting.finish(ScanReport(schema: rows.schema, rowCount: waiting.rowCount))
      waiting = TableBuilder()
      try distribute(table, places[first..<first + table.rowCount], stretch, to: &parts, progress)
      first += table.rowCount
    }
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      if chunk.rowCount == 0 { return true }
      waiting.append(chunk)
      if waiting.rowCount >= stretch { try pass() }
      return true
    }
    if waiting.rowCount > 0 { try pass() }
    return parts
  }

  /// Gives each part its rows of a table, of which `places` are those in the result.
  private func distribute(
    _ table: Table, _ places: ArraySlice<Int32>, _ stretch: Int, to parts: inout [Part], _ progress: Progress
  ) throws(EngineError) {
    var taken = [[Int32]](repeating: [], count: parts.count)
    for (row, place) in places.enumerated() {
      let (part, rest) = Int(place).quotientAndRemainder(dividingBy: stretch)
      taken[part].append(Int32(truncatingIfNeeded: row))
      parts[part].places.append(Int32(truncatingIfNeeded: rest))
    }
    for (part, rows) in zip(parts, taken) where !rows.isEmpty {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      try SpilledRows.checking { () throws(ChunkFileError) in try part.writer.append(table.take(RowList(ids: rows))) }
    }
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
