import Kernels

/// The text of a chunk's rows in pieces of a few rows, each of which is made when it is asked for, on any thread.
public struct RowText: Sendable {
  /// How many pieces there are.
  public let count: Int
  private let rowCount: Int
  private let pieceRows: Int
  private let make: @Sendable (Range<Int>) -> [UInt8]

  /// `make` gives the text of rows.
  init(rows: Int, pieceRows: Int, _ make: @escaping @Sendable (Range<Int>) -> [UInt8]) {
    rowCount = rows
    self.pieceRows = pieceRows
    count = (rows + pieceRows - 1) / pieceRows
    self.make = make
  }

  /// The text of the rows of one piece.
  public func piece(_ place: Int) -> [UInt8] {
    make(place * pieceRows..<min(rowCount, (place + 1) * pieceRows))
  }
}
