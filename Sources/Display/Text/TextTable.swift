import Notation
import Tables

/// One column of text ready to be laid out.
struct TextColumn {
  var name: String
  var type: String?
  var alignment: Alignment
  /// nil where the cell is missing.
  var cells: [String?]
  /// Whether its cells may be cut; cut numbers would be other numbers.
  var isCuttable: Bool
  /// Whether its cells are the names of the rows, which are not cut where they differ.
  var namesRows = false
  /// Where not all columns fit, those of a higher rank are given up first.
  var rank = 0

  var natural: Int { max(TextWidth.of(name), TextWidth.of(type ?? ""), cellsWidth, 1) }

  /// The width down to which it may be cut before columns are left out; the name needs `heading` of it.
  func least(heading: Int) -> Int { max(leastCells, heading, TextWidth.of(type ?? ""), 1) }

  private var leastCells: Int {
    if !isCuttable { return cellsWidth }
    return namesRows ? HeadingWidths.least(cells.map { $0 ?? "" }).max() ?? 0 : min(cellsWidth, 12)
  }

  private var cellsWidth: Int { cells.lazy.map { $0.map(TextWidth.of) ?? 1 }.max() ?? 0 }
}

extension TextRenderer {
  func lines(_ table: DisplayTable) -> [String] {
    let columns = textColumns(table)
    let fit = fit(columns)
    var all = heading(table.title)
    all += lines(columns, fit)
    if table.rows.isEmpty { all.append(footnote("(no rows)")) }
    if let footer = footer(table, columns, fit) { all.append(styled(footer, .dim)) }
    return all
  }

  /// Which of the columns fit, and how wide they are drawn.
  func fit(_ columns: [TextColumn]) -> TableFit {
    let natural = columns.map(\.natural)
    guard width != nil else { return TableFit(natural: natural, least: natural, width: nil) }
    let least = zip(columns, HeadingWidths.least(columns.map(\.name))).map { $0.least(heading: $1) }
    return TableFit(natural: natural, least: least, ranks: columns.map(\.rank), width: width)
  }

  private func textColumns(_ table: DisplayTable) -> [TextColumn] {
    let texts = CellText.columns(table, mark: CellText.missingMark(unicode: unicode))
    // Columns of data have type words; of computed rows the first column says what they are.
    let isComputed = table.columns.allSatisfy { $0.type == nil }
    return table.columns.enumerated().map { place, column in
      let isCuttable = table.rows.contains { row in
        guard place < row.count else { return false }
        return if case .text = row[place] { true } else if case .vector = row[place] { true } else { false }
      }
      return TextColumn(
        name: column.heading, type: column.type.map { SafeText.escaped($0) }, alignment: column.alignment,
        cells: texts[place], isCuttable: isCuttable, namesRows: isComputed && place == 0, rank: column.rank)
    }
  }

  /// Heading, type words, and a line per row.
  func lines(_ columns: [TextColumn], _ fit: TableFit) -> [String] {
    guard !columns.isEmpty else { return [] }
    let count = columns.map(\.cells.count).max() ?? 0
    var all = [line(fit, columns) { (columns[$0].name, .bold) }]
    if columns.contains(where: { $0.type != nil }) {
      all.append(line(fit, columns) { (columns[$0].type ?? "", .dim) })
    } else {
      all.append(rule(fit, isWhole: fit.shown.count == columns.count))
    }
    let mark = CellText.missingMark(unicode: unicode)
    for row in 0..<count {
      all.append(
        line(fit, columns) { place in
          columns[place].cells[row].map { ($0, nil) } ?? (mark, .dim)
        })
    }
    return all
  }

  private func line(
    _ fit: TableFit, _ columns: [TextColumn], _ text: (Int) -> (String, TextStyle?)
  ) -> String {
    let isWhole = fit.shown.count == columns.count
    var parts: [String] = []
    for (place, width) in zip(fit.shown, fit.widths) {
      if !isWhole, parts.count == fit.left.count, !fit.right.isEmpty { parts.append(styled(ellipsis, .dim)) }
      let (text, style) = text(place)
      let box = fitted(text, width, columns[place].alignment)
      parts.append(style.map { styled(box, $0) } ?? box)
    }
    if !isWhole, fit.right.isEmpty { parts.append(styled(ellipsis, .dim)) }
    return trimmed(parts.joined(separator: String(repeating: " ", count: TableFit.gap)))
  }

  private func rule(_ fit: TableFit, isWhole: Bool) -> String {
    let columns = fit.widths + (isWhole ? [] : [1])
    let width = columns.reduce(0, +) + max(0, columns.count - 1) * TableFit.gap
    return styled(String(repeating: unicode ? "─" : "-", count: width), .dim)
  }

  private func trimmed(_ line: String) -> String {
    guard let last = line.lastIndex(where: { $0 != " " }) else { return "" }
    return String(line[...last])
  }

  /// `10 of 1309 rows × 12 columns … (7 more columns: a, b, c)`; nil when everything is on the screen.
  private func footer(_ table: DisplayTable, _ columns: [TextColumn], _ fit: TableFit) -> String? {
    let hidden = columns.indices.filter { !fit.shown.contains($0) }
    let more = hidden.count + table.omittedColumns
    guard more > 0 || table.rows.count < table.totalRows else { return nil }
    let times = unicode ? "×" : "x"
    let part = table.rows.count < table.totalRows ? "\(table.rows.count) of " : ""
    let size = "\(part)\(counted(table.totalRows, "row")) \(times) \(counted(table.totalColumns, "column"))"
    guard more > 0 else { return size }
    let names = hidden.map { columns[$0].name }.joined(separator: ", ")
    let text = "\(size) \(unicode ? "…" : "...") (\(counted(more, "more column"))\(names.isEmpty ? "" : ": " + names))"
    return width.map { TextWidth.cut(text, to: $0, mark: ellipsis + (names.isEmpty ? "" : ")")) } ?? text
  }
}
