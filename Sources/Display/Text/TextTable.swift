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

  var natural: Int { max(TextWidth.of(name), TextWidth.of(type ?? ""), cellsWidth, 1) }

  /// The width down to which it may be cut before columns are left out.
  var least: Int {
    let heading = max(min(TextWidth.of(name), 10), TextWidth.of(type ?? ""), 1)
    return max(isCuttable ? min(cellsWidth, 12) : cellsWidth, heading)
  }

  private var cellsWidth: Int { cells.lazy.map { $0.map(TextWidth.of) ?? 1 }.max() ?? 0 }
}

extension TextRenderer {
  func lines(_ table: DisplayTable) -> [String] {
    let columns = textColumns(table)
    let fit = TableFit(natural: columns.map(\.natural), least: columns.map(\.least), width: width)
    var all = table.title.map { [styled(SafeText.escaped($0), .bold)] } ?? []
    all += lines(columns, fit)
    if table.rows.isEmpty { all.append(footnote("(no rows)")) }
    if let footer = footer(table, columns, fit) { all.append(styled(footer, .dim)) }
    return all
  }

  private func textColumns(_ table: DisplayTable) -> [TextColumn] {
    let mark = CellText.missingMark(unicode: unicode)
    return table.columns.enumerated().map { place, column in
      let cells = table.rows.map { place < $0.count ? $0[place] : .missing }
      let isCuttable = cells.contains { if case .text = $0 { true } else if case .vector = $0 { true } else { false } }
      return TextColumn(
        name: SafeText.escaped(column.name), type: column.type.map { SafeText.escaped($0) },
        alignment: column.alignment,
        cells: CellText.column(cells, column.format, mark: mark, isProse: table.isProse),
        isCuttable: isCuttable)
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
