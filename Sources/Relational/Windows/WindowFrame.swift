import Kernels
import Plan
import Tables

/// The rows of a table in parts that agree in some columns, each part in an order.
struct WindowFrame: Sendable {
  /// All rows, part after part.
  let order: [Int32]
  /// Where each part begins in `order`, and where the last ends.
  let starts: [Int]
  /// The part of each row.
  let parts: [Int32]
  /// For each place of `order` whether its row differs from the one before in what the order is by; nil where every row does.
  let isDifferent: [Bool]?

  var partCount: Int { starts.count - 1 }

  /// `order` without a key is that of the rows as they stand.
  init(_ table: Table, by: [String], order keys: [Sort.Key], _ progress: Progress) throws(Cancelled) {
    let rows = table.rowCount
    let groups = try DenseCodes(by.compactMap { table[$0] }, rows: rows, progress)
    var sorted = try RowOrder(rowCount: rows, progress)
    for key in keys.reversed() {
      if let column = table[key.column] { try sorted.sort(by: column, isDescending: key.isDescending, progress) }
    }
    try sorted.sort(by: groups.codes, progress)
    let orderKeys = keys.compactMap { table[$0.column].map(OrderKey.init) }
    var starts = [Int](repeating: 0, count: groups.count + 1)
    for code in groups.codes { starts[Int(code) + 1] += 1 }
    for part in 0..<groups.count { starts[part + 1] += starts[part] }
    (order, self.starts, parts) = (sorted.rows, starts, groups.codes)
    isDifferent = orderKeys.isEmpty ? nil : Self.differences(sorted.rows, orderKeys)
    try progress.checkpoint()
  }

  private static func differences(_ order: [Int32], _ keys: [OrderKey]) -> [Bool] {
    order.indices.map { place in
      place == 0 || keys.contains { !$0.areEqual(Int(order[place]), Int(order[place - 1])) }
    }
  }

  /// Parts that are worked on together, so that a thread has enough to do.
  private static let batchRows = 1 << 15

  /// Calls `body` with the places of each part, several at a time.
  func eachPart(_ progress: Progress, _ body: @Sendable (Range<Int>) -> Void) {
    var batches: [Range<Int>] = []
    var first = 0
    for part in 0..<partCount where part + 1 == partCount || starts[part + 1] - starts[first] >= Self.batchRows {
      batches.append(first..<part + 1)
      first = part + 1
    }
    let all = batches
    parallelFor(all.count) { batch in
      for part in all[batch] where !progress.isCancelled { body(starts[part]..<starts[part + 1]) }
    }
  }
}

/// A cell for each row, written in any order; each by one thread.
final class WindowCells<Value: BitwiseCopyable & Hashable & Sendable>: @unchecked Sendable {
  private let values: UnsafeMutablePointer<Value>
  private let isThere: UnsafeMutablePointer<Bool>
  private let count: Int

  /// All cells are missing at first.
  init(_ count: Int, filler: Value, _ progress: Progress) throws(Cancelled) {
    try progress.require(count * (MemoryLayout<Value>.stride + 1))
    self.count = count
    values = .allocate(capacity: max(1, count))
    isThere = .allocate(capacity: max(1, count))
    values.initialize(repeating: filler, count: count)
    isThere.initialize(repeating: false, count: count)
  }

  deinit {
    values.deallocate()
    isThere.deallocate()
  }

  func set(_ row: Int32, _ value: Value) {
    values[Int(row)] = value
    isThere[Int(row)] = true
  }

  var cells: Cells<Value> {
    Cells(
      Array(UnsafeBufferPointer(start: values, count: count)),
      validity: Bitmap(Array(UnsafeBufferPointer(start: isThere, count: count))))
  }
}
