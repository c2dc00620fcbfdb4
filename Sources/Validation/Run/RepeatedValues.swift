import Kernels
import Plan
import Tables

/// Finds every row whose values stand in another row too; rows with a missing value are none.
struct RepeatedValues {
  private let columns: [String]
  private let rows: Rows
  private let parts: KeyParts

  /// `partSize` is how many bytes the table in which values are looked up may take.
  init(_ columns: [String], of rows: Rows, partSize: Int = KeyParts.usualSize) {
    self.columns = columns
    self.rows = rows
    let wanted = Set(columns)
    let types = rows.columns.filter { wanted.contains($0.field.name) }.map(\.field.type)
    parts = KeyParts(types, keys: rows.rowCount, size: partSize)
  }

  /// A bit for each row that is one, and how many rows have a missing value. O(rows × parts). Throws what reading throws, `interrupted`, or
  /// `unknown-column` for a column that is not there.
  func found(_ progress: Progress) throws(EngineError) -> (repeated: Bitmap, missing: Int) {
    var marked = Bitmap(repeating: false, count: rows.rowCount)
    var missing = 0
    var parts = parts
    try parts.fit(rows: rows.rowCount)
    for part in 0..<parts.count {
      var first: [[Cell]: Int] = [:]
      var start = 0
      try rows.fold(Set(columns), progress) { chunk throws(EngineError) in
        let keys = columns.compactMap { chunk[$0] }
        guard keys.count == columns.count else { throw EngineError(.column(.unreadable(by: "validate"))) }
        for row in 0..<chunk.rowCount {
          if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
          guard let key = keys.key(row) else {
            if part == 0 { missing += 1 }
            continue
          }
          guard parts.has(key, in: part) else { continue }
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
