import Kernels

/// The rows in the order of the leaves that they are in: a leaf is a stretch, and dividing it keeps the order of rows within
/// each side.
final class RowOrder: @unchecked Sendable {
  private(set) var rows: UnsafeMutablePointer<UInt32>
  private let scratch: UnsafeMutablePointer<UInt32>
  private let count: Int
  private static let chunk = 16_384
  /// Kernels look this far ahead.
  private static let padding = 32

  init(_ count: Int) {
    self.count = count
    rows = .allocate(capacity: count + Self.padding)
    scratch = .allocate(capacity: count + Self.padding)
    rows.initialize(repeating: 0, count: count + Self.padding)
    scratch.initialize(repeating: 0, count: count + Self.padding)
  }

  deinit {
    rows.deallocate()
    scratch.deallocate()
  }

  /// All rows in their own order.
  func reset() { for row in 0..<count { rows[row] = UInt32(truncatingIfNeeded: row) } }

  /// Divides a stretch by the bins of a column; the number of rows that went left.
  func divide(_ start: Int, _ length: Int, _ column: UnsafePointer<UInt8>, _ split: BinSplit) -> Int {
    var table = [UInt8](repeating: 0, count: 256)
    for bin in 0..<256 where split.goesLeft(bin) { table[bin] = 1 }
    return table.withUnsafeBufferPointer { buffer in
      guard let table = buffer.baseAddress else { return 0 }
      return length < 2 * Self.chunk
        ? divideAlone(start, length, column, table) : divideShared(start, length, column, table)
    }
  }

  @inline(never)
  private func divideAlone(
    _ start: Int, _ length: Int, _ column: UnsafePointer<UInt8>, _ table: UnsafePointer<UInt8>
  ) -> Int {
    let (stretch, aside) = (rows + start, scratch + start)
    let left = Self.scatter(stretch, length, column, table, stretch, aside)
    (stretch + left).update(from: aside, count: length - left)
    return left
  }

  private func divideShared(
    _ start: Int, _ length: Int, _ column: UnsafePointer<UInt8>, _ table: UnsafePointer<UInt8>
  ) -> Int {
    nonisolated(unsafe) let (column, table, stretch, aside) = (column, table, rows + start, scratch + start)
    let chunks = (length + Self.chunk - 1) / Self.chunk
    let counts = parallelMap(chunks) { chunk in
      var left = 0
      for place in chunk * Self.chunk..<min(length, (chunk + 1) * Self.chunk) {
        left &+= Int(table[Int(column[Int(stretch[place])])])
      }
      return left
    }
    var starts: [(left: Int, right: Int)] = []
    let total = counts.reduce(0, +)
    var left = 0
    for (chunk, count) in counts.enumerated() {
      starts.append((left, total + chunk * Self.chunk - left))
      left += count
    }
    let places = starts
    parallelFor(chunks) { chunk in
      let from = chunk * Self.chunk
      _ = Self.scatter(
        stretch + from, min(length, from + Self.chunk) - from, column, table, aside + places[chunk].left,
        aside + places[chunk].right)
    }
    parallelFor(chunks) { chunk in
      let from = chunk * Self.chunk
      (stretch + from).update(from: aside + from, count: min(length, from + Self.chunk) - from)
    }
    return total
  }

  /// Rows to the left or to the right; the number that went left. Which side is arithmetic, not a branch: a branch would be guessed
  /// wrong for half of the rows.
  @inline(never)
  private static func scatter(
    _ source: UnsafePointer<UInt32>, _ count: Int, _ column: UnsafePointer<UInt8>, _ table: UnsafePointer<UInt8>,
    _ left: UnsafeMutablePointer<UInt32>, _ right: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let apart = Int(bitPattern: right) &- Int(bitPattern: left)
    let base = UnsafeMutableRawPointer(left)
    var lefts = 0
    for place in 0..<count {
      let row = source[place]
      let isLeft = Int(table[Int(column[Int(row)])])
      let toRight = apart &+ (place &- lefts) &<< 2
      let byte = (lefts &<< 2) & (0 &- isLeft) | toRight & (isLeft &- 1)
      base.storeBytes(of: row, toByteOffset: byte, as: UInt32.self)
      lefts &+= isLeft
    }
    return lefts
  }
}
