import Kernels
import Plan
import Tables

/// The rows of a table in memory, which come a stretch at a time.
struct TableStretches: StoredRows {
  private let table: Table
  private let stretch: Int
  let schema: Schema
  let missing: [Int]
  var rowCount: Int { table.rowCount }
  var isByColumn: Bool { true }

  init(_ table: Table, of stretch: Int = 1 << 16) {
    self.table = table
    self.stretch = max(1, stretch)
    schema = table.schema
    missing = table.columns.map(\.missingCount)
  }

  func fold(
    _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) {
    let wanted = columns.map { columns in table.select(table.names.filter(columns.contains)) } ?? table
    for start in stride(from: 0, to: max(1, wanted.rowCount), by: stretch) {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard try take(wanted.take(RowList(start..<min(wanted.rowCount, start + stretch)))) else { return }
    }
  }
}
