import Notation
import Tables

/// How the cells of one column are written for people: numbers with common decimals, text escaped.
enum CellText {
  /// The mark of a missing cell. A text that looks like it, or like nothing, is put in quotes, so that the two are never
  /// confused.
  static func missingMark(unicode: Bool) -> String { unicode ? "·" : "-" }

  /// A text per cell; nil for a missing one.
  static func column(_ cells: [Cell], _ format: NumberFormat, mark: String, isProse: Bool = false) -> [String?] {
    let floats = cells.compactMap { if case .float(let value) = $0 { value } else { nil } }
    var written = NumberText.column(floats, format).makeIterator()
    return cells.map { cell in
      switch cell {
      case .missing: nil
      case .float: written.next()
      case .int(let value): if case .percent = format { NumberText.of(Double(value), format) } else { "\(value)" }
      case .bool, .date, .datetime: cell.description
      case .text(let text): isProse ? SafeText.escaped(text) : quotedIfUnclear(SafeText.escaped(text), mark: mark)
      case .vector(let values): "[" + NumberText.column(values, format).joined(separator: " ") + "]"
      }
    }
  }

  private static func quotedIfUnclear(_ text: String, mark: String) -> String {
    let isClear =
      !text.isEmpty && text != mark && text.first != "\"" && text.first?.isWhitespace == false
      && text.last?.isWhitespace == false
    if isClear { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }
}
