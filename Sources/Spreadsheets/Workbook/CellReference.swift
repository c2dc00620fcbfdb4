/// Where a cell stands in a sheet, as `B17`.
enum CellReference {
  static let (mostColumns, mostRows) = (16_384, 1_048_576)

  /// Column and row, from 0 and 1; nil for what is no reference, and beyond XFD and 1048576.
  static func read(_ text: some Sequence<UInt8>) -> (column: Int, row: Int)? {
    var (column, row, letters, digits) = (0, 0, 0, 0)
    for byte in text {
      switch byte {
      case UInt8(ascii: "$"): continue
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where digits == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
        letters += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where letters > 0:
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
      default: return nil
      }
      if letters > 3 || digits > 7 { return nil }
    }
    guard letters > 0, column <= mostColumns, (1...mostRows).contains(row) else { return nil }
    return (column - 1, row)
  }

  /// The letters of a column that is counted from 0.
  static func letters(_ column: Int) -> String {
    var (rest, text) = (column + 1, "")
    while rest > 0 {
      text = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + text
      rest = (rest - 1) / 26
    }
    return text
  }
}
