import Notation

/// How a terminal breaks a line that is longer than its rows.
enum LineRows {
  /// The rows above the cursor that a text takes which ends there and begins at the left edge. A terminal that is resized breaks its
  /// rows anew; a row that is just full is the cursor's own.
  static func above(endOf text: String, columns: Int) -> Int {
    guard columns > 0 else { return 0 }
    var rows = 0
    var column = 0
    for character in text {
      if character == "\n" {
        rows += 1
        column = 0
        continue
      }
      let width = character == "\t" ? 8 - column % 8 : TextWidth.of(character)
      if column + width > columns {
        rows += 1
        column = 0
      }
      column += width
    }
    return rows
  }
}
