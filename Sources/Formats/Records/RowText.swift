import Kernels

/// The text of a chunk's rows in pieces of a few rows, each of which is made when it is asked for, on any thread.
public struct RowText: Sendable {
  /// How many pieces there are.
  public let count: Int
  private let rowCount: Int
  /// Rows of each piece but the last.
  let pieceRows: Int
  private let make: @Sendable (Range<Int>) -> [UInt8]

  /// Fields of a piece, unless a row has more: a vector may have a million.
  private static let mostFields = 1 << 17

  /// `make` gives the text of rows, at most `most` of them at a time and fewer where each has many fields.
  init(rows: Int, fields: Int, most: Int, _ make: @escaping @Sendable (Range<Int>) -> [UInt8]) {
    rowCount = rows
    pieceRows = max(1, min(most, Self.mostFields / max(1, fields)))
    count = (rows + pieceRows - 1) / pieceRows
    self.make = make
  }

  /// The text of the rows of one piece.
  public func piece(_ place: Int) -> [UInt8] {
    make(place * pieceRows..<min(rowCount, (place + 1) * pieceRows))
  }
}
