import Kernels
import Plan
import Tables

/// Columns of numbers as rows one after the other, not-a-number where a cell is missing.
struct NumberRows: Sendable {
  let values: [Double]
  let width: Int
  let count: Int
  /// Of each column; not-a-number where it has no number.
  let means: [Double]

  /// Truths count as 1 and 0, and what is no number as missing. Throws `tooLarge`, `interrupted`. O(cells).
  init(_ table: Table, _ names: [String], _ progress: Progress) throws(EngineError) {
    let (width, count) = (names.count, table.rowCount)
    try EngineError.checking { () throws(Cancelled) in try progress.require(width * count * 8) }
    var values = [Double](repeating: .nan, count: width * count)
    var means: [Double] = []
    for (place, name) in names.enumerated() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      var (sum, found) = (0.0, 0)
      func put(_ number: Double?, _ row: Int) {
        guard let number else { return }
        values[row * width + place] = number
        sum += number
        found += 1
      }
      switch table[name] {
      case .float(let cells)?: for row in 0..<count { put(cells[row], row) }
      case .int(let cells)?: for row in 0..<count { put(cells[row].map(Double.init), row) }
      case .bool(let cells)?: for row in 0..<count { put(cells[row].map { $0 ? 1 : 0 }, row) }
      case .text?, .date?, .datetime?, .vector?, nil: break
      }
      means.append(found == 0 ? .nan : sum / Double(found))
    }
    (self.values, self.width, self.count, self.means) = (values, width, count, means)
  }
}
