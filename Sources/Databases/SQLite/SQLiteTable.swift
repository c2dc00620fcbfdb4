import Formats
import Kernels
import Tables

/// A table, a view or a query of a SQLite file.
struct SQLiteTable: TypedFile {
  /// Values of so many rows settle what is not declared.
  static let sampleRows = 1_000
  /// Fewer where their texts are longer than this together.
  private static let sampleBytes = 4 << 20
  /// A query that runs longer before it has given those is not waited for when a script is checked: some 30 ms.
  private static let instructions = 2_000_000

  let path: String
  let name: String
  private let address: SQLiteAddress
  private let file: String

  /// `file` is the path as the system takes it.
  init(_ address: SQLiteAddress, at file: String) {
    self.address = address
    self.file = file
    path = address.shown
    name = address.name
  }

  // MARK: Columns

  /// nil for a query that gives its first rows only after a long time, and while another program has locked the file.
  func outline() throws(SourceError) -> TypedOutline? {
    let database = try SQLiteDatabase(
      file, shown: path, instructions: Self.instructions, patience: 0.1, Progress())
    do throws(SourceError) {
      let relation = try SQLiteRelation(address.part, in: database, shown: path)
      let rows = try database.prepare(relation.query)
      return SQLiteColumns(rows, try Self.sample(rows).samples).outline
    } catch {
      if case .place(.locked) = error.reason { return nil }
      if database.hasRunOut { return nil }
      throw error
    }
  }

  /// The first rows, which are kept as they are where they are wanted.
  private static func sample(
    _ rows: SQLiteStatement, keeping: Bool = false
  ) throws(SourceError) -> (samples: [SQLiteSample], kept: [[SQLiteKept]], isWhole: Bool) {
    let count = rows.columnCount
    var samples = [SQLiteSample](repeating: SQLiteSample(), count: count)
    var kept: [[SQLiteKept]] = []
    var (rowCount, bytes) = (0, 0)
    while rowCount < sampleRows, bytes < sampleBytes {
      guard try rows.step() else { return (samples, kept, true) }
      rowCount += 1
      let values = (0..<count).map(rows.value)
      for (place, value) in values.enumerated() {
        samples[place].add(value)
        if case .text(let text) = value { bytes += text.count }
      }
      if keeping { kept.append(values.map(SQLiteKept.init)) }
    }
    return (samples, kept, false)
  }

  // MARK: Rows

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    progress.report(0, "reading \(path)")
    let database = try SQLiteDatabase(file, shown: path, progress)
    let relation = try SQLiteRelation(address.part, in: database, shown: path)
    let all = try database.prepare(relation.query)
    // Of a table the sample is read apart, for its rows may then be read without some of the columns.
    let (samples, kept, isWhole) = try Self.sample(all, keeping: relation.table == nil)
    let columns = SQLiteColumns(all, samples)
    let chosen = columns.read.filter { wanted.takes($0.name) }
    var chunk = SQLiteChunk(chosen, wanted, shown: path)
    if let limit = wanted.limit, limit <= 0 { return chunk.report(columns.notes(wanted.columns)) }
    for row in kept where try chunk.append(row, take) == .stop { return chunk.report(columns.notes(wanted.columns)) }
    if let query = relation.query(chosen.map(\.written)) {
      try Self.read(try database.prepare(query), at: Array(chosen.indices), &chunk, take)
    } else if relation.table != nil {
      try Self.read(try database.prepare(relation.query), at: chosen.map(\.place), &chunk, take)
    } else if !isWhole {
      try Self.read(all, at: chosen.map(\.place), &chunk, take)
    }
    try chunk.finish(take)
    return chunk.report(columns.notes(wanted.columns))
  }

  private static func read(
    _ rows: SQLiteStatement, at places: [Int], _ chunk: inout SQLiteChunk,
    _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) {
    while try rows.step() {
      if try chunk.append(rows, at: places, take) == .stop { return }
    }
  }
}
