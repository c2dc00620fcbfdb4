import Kernels
import Plan

/// The rows of a design in the order of each column of numbers, as records, and once as they come for the columns of categories: a
/// node of the tree is the same stretch of all of them.
///
/// 8 bytes a row and order; 24 more a row for each thread while it sorts. Threads write to stretches of their own.
final class ColumnOrders: @unchecked Sendable {
  let layout: RecordLayout
  let rows: Int
  /// The order of each column.
  let places: [Int]
  /// The order by which a node's labels are counted: that of the first column.
  var first: Int { places.first ?? 0 }
  let count: Int
  private let records: UnsafeMutablePointer<UInt64>

  /// `classes` are class codes a row; empty for numbers. Throws `interrupted` when cancelled. O(columns × rows).
  init(_ design: DesignMatrix, _ layout: RecordLayout, classes: [Int32], _ progress: Progress) throws(EngineError) {
    let numbers = design.columns.indices.filter { design.columns[$0].kind == .number }
    self.layout = layout
    rows = design.rowCount
    var places = [Int](repeating: numbers.count, count: design.columns.count)
    for (place, column) in numbers.enumerated() { places[column] = place }
    self.places = places
    let asTheyCome = numbers.count < places.count || places.isEmpty
    count = numbers.count + (asTheyCome ? 1 : 0)
    records = .allocate(capacity: count * rows)
    parallelFor(count) { order in
      if order < numbers.count {
        sort(design.columns[numbers[order]], classes, self[order, 0..<rows], progress)
      } else {
        list(classes, self[order, 0..<rows])
      }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  deinit { records.deallocate() }

  /// A node's stretch of an order.
  subscript(order: Int, range: Range<Int>) -> UnsafeMutableBufferPointer<UInt64> {
    UnsafeMutableBufferPointer(start: records + order * rows + range.lowerBound, count: range.count)
  }

  private func list(_ classes: [Int32], _ target: UnsafeMutableBufferPointer<UInt64>) {
    classes.withUnsafeBufferPointer { classes in
      for row in 0..<rows {
        target[row] = layout.record(
          rank: 0, row: UInt64(row), label: classes.isEmpty ? 0 : UInt64(truncatingIfNeeded: classes[row]))
      }
    }
  }

  private func sort(
    _ column: DesignColumn, _ classes: [Int32], _ target: UnsafeMutableBufferPointer<UInt64>, _ progress: Progress
  ) {
    guard let order = target.baseAddress else { return }
    let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: rows)
    let spare = UnsafeMutablePointer<UInt64>.allocate(capacity: rows)
    defer {
      keys.deallocate()
      spare.deallocate()
    }
    // Where row and class fit in half a word the class is sorted along; else it is looked up.
    let isAlong = layout.rankShift <= 32
    classes.withUnsafeBufferPointer { classes in
      guard let known = read(column, keys, order, isAlong ? classes : .init(start: nil, count: 0), isAlong, progress)
      else { return }
      RowSorter.rank(order, known, keys: keys, spare: spare, rowShift: isAlong ? layout.rowShift : 0, progress)
      for place in 0..<rows {
        if place & 0xFFFF == 0, progress.isCancelled { return }
        let word = order[place]
        let rank = place < known ? (word &>> 32) &<< layout.rankShift : layout.missing
        let row = word & 0xFFFF_FFFF
        order[place] =
          rank | (isAlong || classes.isEmpty ? row : layout.record(rank: 0, row: row, label: UInt64(classes[Int(row)])))
      }
    }
  }

  /// Keys by row, and the rows: first those with a value. How many those are; nil when cancelled.
  private func read(
    _ column: DesignColumn, _ keys: UnsafeMutablePointer<UInt64>, _ order: UnsafeMutablePointer<UInt64>,
    _ classes: UnsafeBufferPointer<Int32>, _ isAlong: Bool, _ progress: Progress
  ) -> Int? {
    let block = 4096
    var (known, missing) = (0, rows)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { values -> Int? in
      guard let base = values.baseAddress else { return nil }
      for start in stride(from: 0, to: rows, by: block) {
        if progress.isCancelled { return nil }
        let end = min(start + block, rows)
        column.read(start..<end, into: base)
        for row in start..<end {
          let key = SortedKeys.key(base[row &- start])
          keys[row] = key
          let label = classes.isEmpty ? 0 : UInt64(truncatingIfNeeded: classes[row])
          let word = UInt64(row) &<< (isAlong ? layout.rowShift : 0) | label
          if key == .max {
            missing &-= 1
            order[missing] = word
          } else {
            order[known] = word
            known &+= 1
          }
        }
      }
      // They were set down from the end.
      var missingRows = UnsafeMutableBufferPointer(start: order + known, count: rows - known)
      missingRows.reverse()
      return known
    }
  }
}
