import CVector
import Glibc
import Kernels

/// The rows in the order of the leaves that they are in, as some lists, each of which is divided and added by one thread without
/// waiting for another. Rows go to the lists in blocks by turns, so that sorted data weighs on all alike.
final class LeafRows: @unchecked Sendable {
  static let blockRows = 1024

  let lists: Int
  /// All rows, as stretches of `rows`: one for each list.
  let all: [Range<Int>]
  let rows: UnsafeMutablePointer<UInt32>
  /// Blocks of all rows.
  let blockCount: Int
  private let scratch: UnsafeMutablePointer<UInt32>
  private let count: Int
  private static let padding = 64

  init(_ count: Int, lists: Int) {
    self.count = count
    self.lists = lists
    let blocks = (count + Self.blockRows - 1) / Self.blockRows
    blockCount = blocks
    var start = 0
    all = (0..<lists).map { list in
      let own = Swift.stride(from: list, to: blocks, by: lists).reduce(0) {
        $0 + min(Self.blockRows, count - $1 * Self.blockRows)
      }
      defer { start += own + Self.padding }
      return start..<start + own
    }
    rows = .allocateRoomy(start)
    scratch = .allocateRoomy(start)
    // What is read ahead of a list's end has to be a row; the list itself is written by `reset`.
    for list in all { (rows + list.upperBound).initialize(repeating: 0, count: Self.padding) }
  }

  deinit {
    free(rows)
    free(scratch)
  }

  /// The blocks of a list, as rows.
  private func blocks(of list: Int) -> some Sequence<Range<Int>> {
    let count = count
    return Swift.stride(from: list * Self.blockRows, to: count, by: lists * Self.blockRows).lazy.map {
      $0..<min(count, $0 + Self.blockRows)
    }
  }

  /// Puts a block of rows back to where it stands before any division; the rows.
  func reset(block: Int) -> Range<Int> {
    let block = block * Self.blockRows..<min(count, (block + 1) * Self.blockRows)
    let turn = block.lowerBound / Self.blockRows
    var place = all[turn % lists].lowerBound + turn / lists * Self.blockRows
    for row in block {
      rows[place] = UInt32(truncatingIfNeeded: row)
      place &+= 1
    }
    return block
  }

  /// Divides a stretch by the bins of a column, `isLeft` having 1 for the bins that go left, and keeps the order within each side;
  /// the number of rows that went left.
  func divide(_ stretch: Range<Int>, _ cells: UnsafePointer<UInt8>, _ isLeft: UnsafePointer<UInt8>) -> Int {
    mlp_divide_rows(rows + stretch.lowerBound, scratch + stretch.lowerBound, stretch.count, cells, isLeft)
  }

  /// Notes for a list's rows which of the leaves, whose rows `stretches` are, they are in.
  ///
  /// Whoever takes up the leaves' values then visits rows in their order: what is written far apart is a fourth of a score.
  @inline(never)
  func note(_ stretches: [Range<Int>], in leaves: UnsafeMutablePointer<UInt16>) {
    for (leaf, stretch) in stretches.enumerated() {
      let leaf = UInt16(truncatingIfNeeded: leaf)
      for place in stretch { leaves[Int(rows[place])] = leaf }
    }
  }
}
