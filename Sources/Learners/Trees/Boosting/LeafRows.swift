import Glibc
import Kernels

/// The rows in the order of the leaves that they are in, as a list for each thread: each divides and adds rows of its own and waits
/// for no other. Rows go to the lists in blocks by turns, so that sorted data weighs on all alike.
final class LeafRows: @unchecked Sendable {
  static let blockRows = 1024

  let lists: Int
  /// All rows, as stretches of `rows`: one for each list.
  let all: [Range<Int>]
  let rows: UnsafeMutablePointer<UInt32>
  private let scratch: UnsafeMutablePointer<UInt32>
  private let count: Int
  private static let padding = 64

  init(_ count: Int, lists: Int) {
    self.count = count
    self.lists = lists
    let blocks = (count + Self.blockRows - 1) / Self.blockRows
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
    // What is read ahead of a list's end has to be a row.
    rows.initialize(repeating: 0, count: start)
  }

  deinit {
    free(rows)
    free(scratch)
  }

  /// The blocks of a list, as rows.
  func blocks(of list: Int) -> some Sequence<Range<Int>> {
    let count = count
    return Swift.stride(from: list * Self.blockRows, to: count, by: lists * Self.blockRows).lazy.map {
      $0..<min(count, $0 + Self.blockRows)
    }
  }

  /// Puts a list back into the order of rows.
  func reset(_ list: Int) {
    var place = all[list].lowerBound
    for block in blocks(of: list) {
      for row in block {
        rows[place] = UInt32(truncatingIfNeeded: row)
        place &+= 1
      }
    }
  }

  /// Divides a stretch by the bins of a column, `isLeft` having 1 for the bins that go left, and keeps the order within each side;
  /// the number of rows that went left.
  @inline(never)
  func divide(_ stretch: Range<Int>, _ cells: UnsafePointer<UInt8>, _ isLeft: UnsafePointer<UInt8>) -> Int {
    let (source, right) = (rows + stretch.lowerBound, scratch + stretch.lowerBound)
    let count = stretch.count
    // Which side is arithmetic, not a branch: a branch would be guessed wrong for half of the rows.
    var lefts = 0
    for place in 0..<count {
      let row = source[place]
      let side = Int(isLeft[Int(cells[Int(row)])])
      source[lefts] = row
      right[place &- lefts] = row
      lefts &+= side
    }
    (source + lefts).update(from: right, count: count &- lefts)
    return lefts
  }
}
