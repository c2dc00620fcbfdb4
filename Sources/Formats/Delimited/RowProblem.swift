import Tables

/// A row that could not be taken, as a block's parser saw it.
struct RowProblem: Sendable {
  enum Kind: Sendable {
    case cell(text: String, type: ColumnType)
    case fields(Int)
    case notText(hasNUL: Bool)
    /// Something behind the delimiter at the end of the line, where there is no column.
    case behind(text: String)
    case afterQuote
    case unterminated
  }

  /// The row's place among the block's rows, from 0.
  let record: Int
  /// The line's distance from the block's first line.
  let line: Int
  let column: Int?
  let kind: Kind
  /// The row as it stood in the file; empty unless rejected rows are kept.
  let raw: [UInt8]
  let remedy: SourceError.Remedy?
  /// Whether the row begins with a word for a total.
  let isTotal: Bool
}

extension RowProblem {
  /// The reason in words, for a list of rejected rows.
  func words(_ survey: Survey) -> String {
    switch kind {
    case .cell(let text, let type): "'\(text)' is not \(type.rawValue)"
    case .behind(let text): "has '\(text)' behind the delimiter that ends each line"
    case .fields(let count): "has \(count) field\(count == 1 ? "" : "s"), not \(survey.columns.count)"
    case .notText(hasNUL: true): "has a NUL byte, which no text has"
    case .notText: "has bytes that are not UTF-8 text; convert the file to UTF-8"
    case .afterQuote: "has text after a closing quote"
    case .unterminated: "has a quote that is never closed"
    }
  }

  func reason(_ survey: Survey, row: Int, others: Int) -> SourceError.Reason {
    let name = column.map { survey.columns[$0].name }.flatMap { $0.isEmpty ? nil : $0 }
    if case .cell(let text, let type) = kind, let column, let name {
      return .badCell(
        row: row, column: name, text: text, type: type, others: others, isExpected: survey.columns[column].isExpected)
    }
    return .badRow(row: row, column: name, problem: words(survey), others: others)
  }
}
