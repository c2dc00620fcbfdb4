import Tables

/// A delimiter that stands at the end of every line, or of every line but the header, and makes no column.
struct TrailingDelimiter {
  /// The cells of the header, one for each field of a row.
  private(set) var header: [SampleCell]
  /// Whether the last field of each row is empty and no column.
  private(set) var isInRows = false
  /// What is said of it.
  private(set) var note: String?

  /// What the rows of the sample show.
  init(_ header: [SampleCell], _ rest: [SampleRecord]) {
    self.header = header
    guard let last = header.last, header.count > 1 || !last.isEmpty, !rest.isEmpty else { return }
    let width = header.count
    if last.isEmpty, rest.allSatisfy({ $0.cells.count == width - 1 }), width > 2 {
      self.header.removeLast()
      note = "the header ends in a delimiter, which makes no column"
    } else if !last.isEmpty, rest.allSatisfy({ $0.cells.count == width + 1 && ($0.cells.last?.isEmpty ?? false) }) {
      self.header.append(.empty)
      isInRows = true
    } else if last.isEmpty, width > 1,
      rest.allSatisfy({ $0.cells.count == width && ($0.cells.last?.isEmpty ?? false) })
    {
      isInRows = true
    }
    if isInRows {
      let name = "column_\(self.header.count)"
      note = "every row ends in a delimiter, which makes no column; `types: {\(name): text}` makes it one"
    }
  }
}
