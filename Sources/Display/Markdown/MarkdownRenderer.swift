import Notation
import Tables

/// Draws Display values as GitHub-flavoured Markdown. Same value, same bytes.
public struct MarkdownRenderer: Sendable {
  public init() {}

  /// Blocks with a blank line between them, ended by a line break; empty for an empty value.
  public func render(_ display: Display) -> String {
    let text = blocks(display).joined(separator: "\n\n")
    return text.isEmpty ? "" : text + "\n"
  }

  /// A page: its title, sections and parts under headings of three ranks.
  public func document(_ page: Page) -> String {
    (["# \(MarkdownText.escaped(page.title))"] + page.sections.filter { !$0.isEmpty }.flatMap(blocks))
      .joined(separator: "\n\n") + "\n"
  }

  private func blocks(_ section: Page.Section) -> [String] {
    (section.title.isEmpty ? [] : ["## \(MarkdownText.escaped(section.title))"]) + section.parts.flatMap(blocks)
  }

  private func blocks(_ part: Page.Part) -> [String] {
    let place = part.place.map { " (\(MarkdownText.escaped($0)))" } ?? ""
    let heading = part.code.map { ["### \(MarkdownText.escaped($0))\(place)"] } ?? []
    return heading + part.displays.flatMap(blocks)
  }

  private func blocks(_ display: Display) -> [String] {
    switch display {
    case .table(let table): titled(table.title, block(table), footer(table))
    case .metrics(let metrics): titled(metrics.title, block(metrics))
    case .confusion(let matrix): titled(matrix.title, block(matrix), matrix.summary)
    case .plot, .tree: [fenced(TextRenderer(width: 80).render(display))]
    case .notes(let notes): notes.isEmpty ? [] : [notes.map(line).joined(separator: "\n")]
    case .facts(let facts): facts.isEmpty ? [] : [facts.map(line).joined(separator: "\n")]
    case .text(let text): text.isEmpty ? [] : [fenced(SafeText.escaped(text, keepingLines: true))]
    case .heading(let text): text.isEmpty ? [] : ["## \(MarkdownText.escaped(text))"]
    case .group(let parts): parts.flatMap(blocks)
    }
  }

  private func titled(_ title: String?, _ block: String, _ footer: String? = nil) -> [String] {
    (title.map { ["**\(MarkdownText.escaped($0))**"] } ?? []) + [block]
      + (footer.map { ["*\(MarkdownText.escaped($0))*"] } ?? [])
  }

  private func line(_ note: Note) -> String {
    "- " + (note.level == .warning ? "**warning:** " : "") + MarkdownText.escaped(note.message)
  }

  private func line(_ fact: Fact) -> String {
    let value = CellText.column([fact.value], .automatic, mark: "·")[0] ?? "·"
    return "- **\(MarkdownText.escaped(fact.name))** \(MarkdownText.escaped(value))"
  }

  /// Between fences longer than any run of backquotes in the text, so that the text cannot end them.
  private func fenced(_ text: String) -> String {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
  }

  private func block(_ table: DisplayTable) -> String {
    let columns = CellText.columns(table, mark: "·")
    return MarkdownText.table(
      heads: table.columns.map { (MarkdownText.escaped($0.heading), $0.alignment) },
      rows: table.rows.indices.map { row in columns.map { MarkdownText.escaped($0[row] ?? "·") } })
  }

  private func footer(_ table: DisplayTable) -> String? {
    guard table.isTruncated else { return nil }
    let part = table.rows.count < table.totalRows ? "\(table.rows.count) of " : ""
    return "\(part)\(counted(table.totalRows, "row")) × \(counted(table.totalColumns, "column"))"
  }

  private func block(_ metrics: MetricsDisplay) -> String {
    let count = max(metrics.columns.count, metrics.rows.map(\.figures.count).max() ?? 0)
    let heads = (0..<count).map {
      $0 < metrics.columns.count ? MarkdownText.escaped(ValueName.of(metrics.columns[$0])) : "value"
    }
    let rows = metrics.rows.map { row in
      let texts = MetricText.figures(row)
      let arrow = row.better.map { $0 == .higher ? " ↑" : " ↓" } ?? ""
      return [MarkdownText.escaped(row.name) + arrow]
        + (0..<count).map { $0 < texts.count ? texts[$0] ?? "·" : "·" }
    }
    let table = MarkdownText.table(heads: [("metric", .left)] + heads.map { ($0, .right) }, rows: rows)
    return ([table] + metrics.notes.map(MarkdownText.escaped)).joined(separator: "\n\n")
  }

  private func block(_ matrix: ConfusionMatrixDisplay) -> String {
    let classes = matrix.classes.map { MarkdownText.escaped(ValueName.of($0)) }
    let rows = classes.indices.map { actual in
      [classes[actual]] + classes.indices.map { "\(matrix.count(actual: actual, predicted: $0))" }
    }
    let table = MarkdownText.table(heads: [("actual ╲ predicted", .left)] + classes.map { ($0, .right) }, rows: rows)
    return matrix.whole == nil ? table : table + "\n\n" + MarkdownText.escaped(matrix.summary)
  }
}

/// Text made harmless for Markdown and the HTML that may stand inside it.
enum MarkdownText {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in SafeText.escaped(text).unicodeScalars {
      switch character {
      case "&", "<", ">": escaped += HTMLText.reference(character) ?? ""
      case "\\", "`", "*", "_", "|", "[", "]", "#", "~", "$", "!":
        escaped += "\\"
        escaped.unicodeScalars.append(character)
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// A pipe table of escaped texts.
  static func table(heads: [(name: String, alignment: Alignment)], rows: [[String]]) -> String {
    let lines = [heads.map(\.name), heads.map { $0.alignment == .right ? "---:" : "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
