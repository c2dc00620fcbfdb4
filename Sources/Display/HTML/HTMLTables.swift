import Notation
import Tables

extension HTMLRenderer {
  func element(_ table: DisplayTable) -> String {
    let heads = table.columns.map { column in
      let type = column.type.map { "<small>\(HTMLText.escaped($0))</small>" } ?? ""
      return "<th scope=\"col\"\(css(column.alignment))>\(HTMLText.escaped(column.heading))\(type)</th>"
    }
    let columns = CellText.columns(table, mark: "·")
    let rows = table.rows.indices.map { row in
      zip(table.columns, columns).map { column, cells in
        "<td\(css(column, cells[row]))>\(cells[row].map { HTMLText.escaped($0) } ?? Self.missing)</td>"
      }.joined()
    }
    return figure(caption: table.title, heads: heads, rows: rows, footer: footer(table))
  }

  private func footer(_ table: DisplayTable) -> String? {
    guard table.isTruncated else { return table.rows.isEmpty ? "no rows" : nil }
    let part = table.rows.count < table.totalRows ? "\(table.rows.count) of " : ""
    let size = "\(part)\(counted(table.totalRows, "row")) × \(counted(table.totalColumns, "column"))"
    return size + (table.omittedColumns > 0 ? " … (\(counted(table.omittedColumns, "more column")))" : "")
  }

  func element(_ metrics: MetricsDisplay) -> String {
    let count = max(metrics.columns.count, metrics.rows.map(\.figures.count).max() ?? 0)
    let heads =
      metrics.columns.isEmpty
      ? []
      : ["<td></td>"]
        + metrics.columns.map { "<th scope=\"col\" class=\"r\">\(HTMLText.escaped(ValueName.of($0)))</th>" }
    let rows = metrics.rows.map { row in
      let texts = MetricText.figures(row)
      let figures = (0..<count).map { place in
        let text = place < texts.count ? texts[place] : nil
        return "<td class=\"r\">\(text.map { HTMLText.escaped($0) } ?? Self.missing)</td>"
      }
      return "<th scope=\"row\">\(HTMLText.escaped(row.name))\(better(row.better))</th>" + figures.joined()
    }
    return figure(
      caption: metrics.title, heads: heads, rows: rows,
      footer: metrics.notes.isEmpty ? nil : metrics.notes.joined(separator: "; "))
  }

  private func better(_ better: MetricsDisplay.Better?) -> String {
    better.map { " <span class=\"dim\" title=\"\($0.rawValue) is better\">\($0 == .higher ? "↑" : "↓")</span>" } ?? ""
  }

  /// Cells are shaded by their share of the actual class.
  func element(_ matrix: ConfusionMatrixDisplay) -> String {
    let names = matrix.classes.map { ValueName.of($0) }
    let heads =
      ["<td class=\"dim\">actual ╲ predicted</td>"]
      + names.map { "<th scope=\"col\" class=\"r\">\(HTMLText.escaped($0))</th>" }
    let rows = names.enumerated().map { actual, name in
      let counts = matrix.classes.indices.map { matrix.count(actual: actual, predicted: $0) }
      let all = max(1, counts.reduce(0, &+))
      let cells = counts.enumerated().map { predicted, count in
        let share = NumberText.fixed(min(max(Double(count) / Double(all), 0), 1), 2)
        let kind = actual == predicted ? "right" : "wrong"
        return "<td class=\"r \(kind)\" style=\"--share:\(share)\">\(count)</td>"
      }
      return "<th scope=\"row\">\(HTMLText.escaped(name))</th>" + cells.joined()
    }
    return figure(caption: matrix.title, heads: heads, rows: rows, footer: matrix.summary)
  }

  /// Long words about things are broken, not cut.
  private func css(_ column: DisplayColumn, _ text: String?) -> String {
    column.isProse && TextWidth.of(text ?? "") > 32 ? " class=\"w\"" : css(column.alignment)
  }

  private func css(_ alignment: Alignment) -> String { alignment == .right ? " class=\"r\"" : "" }

  private func figure(caption: String?, heads: [String], rows: [String], footer: String?) -> String {
    let captionLine = caption.map { "<figcaption>\(HTMLText.escaped($0))</figcaption>\n" } ?? ""
    let head = heads.isEmpty ? "" : "<thead><tr>\(heads.joined())</tr></thead>\n"
    let body = rows.map { "<tr>\($0)</tr>\n" }.joined()
    let footerLine = footer.map { "\n<p class=\"dim\">\(HTMLText.escaped($0))</p>" } ?? ""
    return """
      <figure>
      \(captionLine)<div class="scroll"><table>
      \(head)<tbody>
      \(body)</tbody></table></div>\(footerLine)
      </figure>
      """
  }
}
