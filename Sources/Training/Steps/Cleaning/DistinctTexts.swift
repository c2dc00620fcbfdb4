import Tables

/// The different values of a column as texts, in the order in which they first come: what is told of cells is told once for all that are
/// alike.
struct DistinctTexts {
  struct Text {
    let text: String
    /// The first row that has it, and how many do.
    let row: Int
    fileprivate(set) var cells: Int
  }

  private(set) var texts: [Text] = []

  /// O(rows + bytes).
  init(_ column: Column) {
    if case .text(let cells) = column {
      let (codes, words) = cells.encoded()
      texts.reserveCapacity(words.count)
      for (row, code) in codes.enumerated() where code >= 0 {
        let place = Int(code)
        if place == texts.count { texts.append(Text(text: words[place], row: row, cells: 0)) }
        texts[place].cells += 1
      }
    } else {
      var places: [Cell: Int] = [:]
      for row in 0..<column.count where column.isValid(row) {
        let cell = column[row]
        let place = places[cell] ?? texts.count
        if place == texts.count {
          places[cell] = place
          texts.append(Text(text: cell.description, row: row, cells: 0))
        }
        texts[place].cells += 1
      }
    }
  }
}
