import Notation
import Tables

/// How cells are written for people: numbers with common decimals, text escaped.
enum CellText {
  /// The mark of a missing cell. A text that looks like it, or like nothing, is put in quotes, so that the two are never
  /// confused.
  static func missingMark(unicode: Bool) -> String { unicode ? "·" : "-" }

  /// The cells of a table column by column; nil for a missing one. Decimals are common to a column, or to a row where the
  /// numbers of a row are of one quantity.
  static func columns(_ table: DisplayTable, mark: String) -> [[String?]] {
    let cells = table.columns.indices.map { place in table.rows.map { place < $0.count ? $0[place] : .missing } }
    let texts = zip(cells, table.columns).map { column($0, $1.format, mark: mark, isProse: $1.isProse) }
    guard table.isQuantityByRow else { return texts }
    let rows = table.rows.indices.map { row in column(cells.map { $0[row] }, .automatic, mark: mark) }
    return cells.indices.map { place in
      table.rows.indices.map { row in
        if case .float = cells[place][row] { rows[row][place] } else { texts[place][row] }
      }
    }
  }

  /// A text per cell of one column; nil for a missing one.
  static func column(_ cells: [Cell], _ format: NumberFormat, mark: String, isProse: Bool = false) -> [String?] {
    let floats = cells.compactMap { if case .float(let value) = $0 { value } else { nil } }
    var written = NumberText.column(floats, format).makeIterator()
    return cells.map { cell in
      switch cell {
      case .missing: nil
      case .float: written.next()
      case .int(let value): if case .percent = format { NumberText.of(Double(value), format) } else { "\(value)" }
      case .bool, .date, .datetime: cell.description
      case .text(let text):
        if case .significant(let digits) = format {
          NumberText.shortened(SafeText.escaped(text), digits: digits)
        } else {
          isProse ? SafeText.escaped(text) : ValueName.of(text, missing: mark)
        }
      case .vector(let values): "[" + NumberText.column(values, format).joined(separator: " ") + "]"
      }
    }
  }
}
