import Kernels

/// What is known of a column of numbers, dates or times, in parts that merge.
struct OrderedSummary: Sendable {
  let kind: OrderedKey
  /// Cells with a value; not-a-number is none.
  private(set) var valid = 0
  private(set) var low = UInt64.max
  private(set) var high = UInt64.min
  private(set) var tally: KeyTally
  private(set) var moments = BlockMoments()
  private(set) var sample = RowSample()
  /// Of dates and moments, and of numbers where that was asked for.
  private(set) var order: ValueOrder?
  let depth: ProfileDepth

  init(_ kind: OrderedKey, firstRow: Int, limit: Int, depth: ProfileDepth) {
    self.kind = kind
    self.depth = depth
    order = depth == .full || kind == .date || kind == .datetime ? ValueOrder() : nil
    tally = KeyTally(firstRow: firstRow, limit: limit)
  }

  /// Counts what waits to be counted, so that asking costs little.
  mutating func settle() { tally.settle() }

  var hasMoments: Bool { kind == .int || kind == .float }

  /// Adds all cells of a column, the first of which is row `first`. O(cells).
  mutating func add(_ column: Column, first: Int, _ progress: Progress) throws(Cancelled) {
    var buffer = OrderedKey.Block()
    var row = first
    let end = first + column.count
    while row < end {
      if row & 0xFFFF == 0 { try progress.checkpoint() }
      let next = min(end, (row / BlockMoments.blockRows + 1) * BlockMoments.blockRows, tally.windowEnd)
      buffer.read(column, row - first..<next - first)
      add(buffer, rows: row..<next)
      if hasMoments { sample.add(row..<next) { kind.key(column, $0 - first) } }
      tally.reach(row: next)
      row = next
    }
  }

  private mutating func add(_ block: borrowing OrderedKey.Block, rows: Range<Int>) {
    let keys = block.keys
    valid += keys.count
    for key in keys {
      low = min(low, key)
      high = max(high, key)
    }
    tally.add(keys)
    order?.add(keys)
    if hasMoments { moments.add(block.numbers, rows: rows) }
  }

  mutating func merge(_ next: OrderedSummary, end: Int) {
    valid += next.valid
    low = min(low, next.low)
    high = max(high, next.high)
    tally.merge(next.tally)
    tally.reach(row: end)
    moments.merge(next.moments)
    sample.merge(next.sample)
    if let other = next.order { order?.merge(other) }
  }
}
