import Kernels
import Tables

/// Rows that wait for others until they are a row group. Where groups end does not depend on how the rows come.
struct RowCollector {
  /// Cells of a group, rows at most and at least, and bytes of text from which on none is added.
  private static let (cells, mostRows, leastRows, textBytes) = (1 << 24, 1 << 20, 1 << 13, 1 << 27)
  /// After so many rows it is looked how much text there is.
  private static let blockRows = 1 << 13

  /// Rows of a group; a power of two where nobody stated them.
  let groupRows: Int
  /// Whether somebody did: then it may be more than there is memory for.
  private let isStated: Bool
  private(set) var pieces: [WrittenPiece] = []
  private(set) var rowCount = 0
  private var bytes = 0

  init(columns: Int, groupRows: Int? = nil) {
    var rows = Self.mostRows
    while rows > Self.leastRows, rows * columns > Self.cells { rows /= 2 }
    self.groupRows = groupRows ?? rows
    isStated = groupRows != nil
  }

  /// Takes rows from `start` on, as many as there is room for, and gives where the others begin.
  mutating func take(_ table: Table, from start: Int) throws(OutOfMemory) -> Int {
    var row = start
    // What is collected is encoded beside it.
    if isStated { try Memory.requireWorking(2 * table.byteCount) }
    while row < table.rowCount, !isFull {
      let end = min(table.rowCount, row + min(Self.blockRows - rowCount % Self.blockRows, groupRows - rowCount))
      bytes += Self.textBytes(table, row..<end)
      rowCount += end - row
      row = end
    }
    if row > start { pieces.append(WrittenPiece(table: table, rows: start..<row)) }
    return row
  }

  /// Whether no row can be added. Asked between blocks, so that it does not matter how rows come.
  var isFull: Bool { rowCount >= groupRows || rowCount % Self.blockRows == 0 && bytes >= Self.textBytes }

  mutating func removeAll() { (pieces, rowCount, bytes) = ([], 0, 0) }

  /// Bytes of the texts of some rows.
  private static func textBytes(_ table: Table, _ rows: Range<Int>) -> Int {
    table.columns.reduce(0) { sum, column in
      guard case .text(let cells) = column else { return sum }
      var bytes = 0
      switch cells.storage {
      case .plain(let offsets, _) where cells.validity == nil:
        bytes = offsets[rows.upperBound] - offsets[rows.lowerBound]
      case .plain(let offsets, _):
        for row in rows where cells.isValid(row) { bytes += offsets[row + 1] - offsets[row] }
      case .dictionary(let codes, let words):
        for row in rows where cells.isValid(row) { bytes += words[Int(codes[row])].utf8.count }
      }
      return sum + bytes
    }
  }
}
