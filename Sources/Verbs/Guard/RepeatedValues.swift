import Kernels
import Plan
import Tables

/// Finds every row whose values stand in another row too; rows with a missing value are none.
///
/// The table in which values are looked up is held under the bound of memory: where it would be larger, the rows are gone through several
/// times, each time for the values whose hash falls into one part.
struct RepeatedValues {
  private let columns: [String]
  private let rows: Rows
  private let parts: Int

  /// `partSize` is how many bytes the table of one part may take.
  init(_ columns: [String], of rows: Rows, partSize: Int = max(32 << 20, Memory.bound / 4)) {
    self.columns = columns
    self.rows = rows
    let wanted = Set(columns)
    let cells = rows.columns.filter { wanted.contains($0.field.name) }
    let size = cells.reduce(64) { $0 + $1.field.type.cellSize + 24 }
    parts = max(1, (rows.rowCount * size + partSize - 1) / max(1, partSize))
  }

  /// A bit for each row that is one, and how many rows have a missing value. O(rows × parts). Throws what reading throws, `interrupted`, or `unknown-column` for a column that is not there.
  func found(_ progress: Progress) throws(EngineError) -> (repeated: Bitmap, missing: Int) {
    var marked = Bitmap(repeating: false, count: rows.rowCount)
    var missing = 0
    for part in 0..<parts {
      var first: [[Cell]: Int] = [:]
      var start = 0
      try rows.fold(Set(columns), progress) { chunk throws(EngineError) in
        let keys = columns.compactMap { chunk[$0] }
        guard keys.count == columns.count else { throw EngineError(.column(.unreadable(by: "validate"))) }
        for row in 0..<chunk.rowCount {
          if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
          guard keys.allSatisfy({ $0.isValid(row) }) else {
            if part == 0 { missing += 1 }
            continue
          }
          let key = keys.map { $0[row] }
          guard parts == 1 || Int(bitPattern: UInt(bitPattern: key.hashValue) % UInt(parts)) == part else { continue }
          if let earlier = first[key] {
            marked[earlier] = true
            marked[start + row] = true
          } else {
            first[key] = start + row
          }
        }
        start += chunk.rowCount
        return true
      }
    }
    return (marked, missing)
  }
}
