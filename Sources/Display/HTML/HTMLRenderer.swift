import Notation
import Tables

/// Draws Display values as HTML that needs nothing else: no scripts, no fonts, no addresses. Same value, same bytes.
public struct HTMLRenderer: Sendable {
  public init() {}

  /// A whole page in light and dark, for wide and narrow screens and for paper.
  public func document(_ page: Page) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(page.title))</title>
    <style>
    \(Self.stylesheet)
    \(Self.pageStyle)
    </style>
    </head>
    <body class="mlp">
    <main>
    <h1>\(HTMLText.escaped(page.title))</h1>
    \(page.sections.filter { !$0.isEmpty }.map(element).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private func element(_ section: Page.Section) -> String {
    let title = section.title.isEmpty ? "" : "<h2>\(HTMLText.escaped(section.title))</h2>\n"
    return "<section>\n\(title)\(section.parts.map(element).joined(separator: "\n"))\n</section>"
  }

  private func element(_ part: Page.Part) -> String {
    let place = part.place.map { " <small>\(HTMLText.escaped($0))</small>" } ?? ""
    let code = part.code.map { "<h3><code>\(HTMLText.escaped($0))</code>\(place)</h3>\n" } ?? ""
    let shown = part.displays.filter { !$0.isEmpty }.map(element).joined(separator: "\n")
    return code + (shown.isEmpty ? "" : "<div class=\"side\">\n\(shown)\n</div>")
  }

  /// The value inside a `div` of class `mlp`, for a page or notebook that holds `stylesheet` once.
  public func fragment(_ display: Display) -> String { "<div class=\"mlp\">\n\(element(display))\n</div>" }

  func element(_ display: Display) -> String {
    switch display {
    case .table(let table): element(table)
    case .metrics(let metrics): element(metrics)
    case .confusion(let matrix): element(matrix)
    case .plot(let plot): element(plot)
    case .tree(let tree): element(tree)
    case .notes(let notes): element(notes)
    case .facts(let facts): element(facts)
    case .text(let text): "<pre>\(HTMLText.escaped(text, keepingLines: true))</pre>"
    case .heading(let text): "<h2>\(HTMLText.escaped(text))</h2>"
    case .group(let parts):
      "<div class=\"side\">\n\(parts.filter { !$0.isEmpty }.map(element).joined(separator: "\n"))\n</div>"
    }
  }

  private func element(_ notes: [Note]) -> String {
    let items = notes.map { note in
      let mark = note.level == .warning ? "<strong>warning:</strong> " : ""
      return "<li class=\"\(note.level.rawValue)\">\(mark)\(HTMLText.escaped(note.message))</li>"
    }
    return "<ul class=\"notes\">\n\(items.joined(separator: "\n"))\n</ul>"
  }

  private func element(_ facts: [Fact]) -> String {
    let items = facts.map { fact in
      let value = CellText.column([fact.value], .automatic, mark: "·")[0]
      return "<dt>\(HTMLText.escaped(fact.name))</dt><dd>\(value.map { HTMLText.escaped($0) } ?? Self.missing)</dd>"
    }
    return "<dl>\n\(items.joined(separator: "\n"))\n</dl>"
  }

  static let missing = "<span class=\"missing\" title=\"missing\">·</span>"
}
