import Kernels
import Plan
import Storage
import Tables

/// Puts rows that are in a file in order.
///
/// The place of each row in the result comes of the sort's columns alone, which are in memory. Then the rows go once into files, one for
/// each stretch of the result, which are put in order in memory as they are read: every row is written once, however many there are (a
/// distribution sort, Knuth 5.4.2).
struct SpilledSort {
  private let rows: SpilledRows
  private let chooser: any RowChooser
  /// Rows of a stretch: tests choose them; nil for what the bound of memory asks for.
  private let stretch: Int?

  init(_ rows: SpilledRows, _ chooser: any RowChooser, stretch: Int? = nil) {
    self.rows = rows
    self.chooser = chooser
    self.stretch = stretch
  }

  /// The rows in order, and what the step has to say.
  func sorted(_ progress: Progress) throws(EngineError) -> (rows: SpilledRows, remarks: [StageRemark]) {
    let places = try places(progress)
    var count = ChoiceCount()
    count.addAll(places.count)
    let remarks = count.remarks(of: chooser)
    if places.isEmpty { return (try none(progress), remarks) }
    let stretch = stretch ?? max(Spilling.chunkRows, Memory.bound / 8 / max(1, rowSize))
    let parts = try distribute(by: places, stretch, progress).map(\.finished)
    return (SpilledRows(OrderedParts(parts, schema: rows.schema, missing: rows.missing)), remarks)
  }

  /// The columns without a row.
  private func none(_ progress: Progress) throws(EngineError) -> SpilledRows {
    var none = Table(schemaOf: rows.schema)
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      none = chunk
      return true
    }
    return try SpilledRows(writing: none, progress)
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

  /// The rows of one stretch of the result as they come, and for each place in it which of them stands there.
  private struct Part {
    let writer: ChunkFileWriter
    private var order: [Int32]
    private var count: Int32 = 0

    init(rows: Int) throws(EngineError) {
      writer = try SpilledRows.checking { () throws(ChunkFileError) in
        try ChunkFileWriter(temporaryIn: TemporaryFolder.path)
      }
      order = [Int32](repeating: 0, count: rows)
    }

    mutating func take(_ place: Int) {
      order[place] = count
      count += 1
    }

    var finished: OrderedParts.Part { OrderedParts.Part(file: writer.finish(), order: order) }
  }

  /// Many chunks go at once: what a part gets of one alone is little, and all words of a column would stand beside it.
  private func distribute(
    by places: [Int32], _ stretch: Int, _ progress: Progress
  ) throws(EngineError) -> [Part] {
    var parts: [Part] = []
    for start in stride(from: 0, to: places.count, by: stretch) {
      parts.append(try Part(rows: min(stretch, places.count - start)))
    }
    var waiting: [Table] = []
    var (first, waitingRows) = (0, 0)
    func taken() -> [Table] {
      defer { waiting = [] }
      return waiting
    }
    func pass() throws(EngineError) {
      let table = ChunkedTable(schema: rows.schema, chunks: taken()).whole()
      try distribute(table, places[first..<first + table.rowCount], stretch, to: &parts, progress)
      (first, waitingRows) = (first + table.rowCount, 0)
    }
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      if chunk.rowCount == 0 { return true }
      waiting.append(chunk)
      waitingRows += chunk.rowCount
      if waitingRows >= stretch { try pass() }
      return true
    }
    if waitingRows > 0 { try pass() }
    return parts
  }

  /// Gives each part its rows of a table, of which `places` are those in the result. Parts are written side by side.
  private func distribute(
    _ table: Table, _ places: ArraySlice<Int32>, _ stretch: Int, to parts: inout [Part], _ progress: Progress
  ) throws(EngineError) {
    var taken = [[Int32]](repeating: [], count: parts.count)
    for (row, place) in places.enumerated() {
      let (part, rest) = Int(place).quotientAndRemainder(dividingBy: stretch)
      taken[part].append(Int32(truncatingIfNeeded: row))
      parts[part].take(rest)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    // Each is written by one thread at a time.
    nonisolated(unsafe) let writers = parts.map(\.writer)
    let chosen = taken
    let failures = parallelMap(writers.count) { part -> ChunkFileError? in
      if chosen[part].isEmpty || progress.isCancelled { return nil }
      do throws(ChunkFileError) { try writers[part].append(table.take(RowList(ids: chosen[part]))) } catch {
        return error
      }
      return nil
    }
    for case let failure? in failures { throw EngineError(failure) }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }
}
