import Kernels
import Tables

extension DenseCodes {
  /// The groups of the rows of some columns of equal length, in the order of first appearance: rows are of one group where all cells are
  /// equal, a missing cell being equal to a missing cell. Without a column all rows are one group. O(rows × columns), in parallel.
  init(_ columns: [Column], rows: Int, _ progress: Progress) throws(Cancelled) {
    guard !columns.isEmpty else {
      try progress.require(rows * 4)
      self.init(codes: [Int32](repeating: 0, count: rows), firstRows: rows > 0 ? [0] : [])
      return
    }
    var keys: [GroupKeyColumn] = []
    var bound: UInt64 = 1
    for column in columns {
      let key = try GroupKeyColumn(column, progress)
      let (wider, overflow) = bound.multipliedReportingOverflow(by: key.bound)
      if overflow {
        // The numbers of the columns so far take more than 64 bits with one more: they are numbered anew.
        let dense = try DenseCodes(keys, below: bound, rows: rows, progress)
        let first = try GroupKeyColumn(.int(Cells(dense.codes.map(Int64.init))), progress)
        keys = [first]
        bound = first.bound &* key.bound
      } else {
        bound = wider
      }
      keys.append(key)
    }
    self = try DenseCodes(keys, below: bound, rows: rows, progress)
  }

  private init(_ keys: [GroupKeyColumn], below bound: UInt64, rows: Int, _ progress: Progress) throws(Cancelled) {
    try self.init(rows: rows, below: bound, progress) { range, target in
      target.update(repeating: 0, count: range.count)
      for key in keys { key.add(range, to: target) }
    }
  }
}
