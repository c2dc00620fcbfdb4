import Notation
import Tables

/// Draws Display values as text for a terminal, a pipe or a file. Same value and settings, same bytes.
public struct TextRenderer: Sendable {
  /// Columns of the screen; nil (a file or pipe) cuts nothing.
  public var width: Int?
  /// Whether escape sequences may be used.
  public var colour: Bool
  /// Whether marks outside ASCII may be used. Text of the data is shown as it is either way.
  public var unicode: Bool

  public init(width: Int? = nil, colour: Bool = false, unicode: Bool = true) {
    self.width = width.map { max($0, 1) }
    self.colour = colour
    self.unicode = unicode
  }

  /// The drawing, each line ended by a line break; empty for an empty value. Nothing of the data reaches the result
  /// unescaped.
  public func render(_ display: Display) -> String {
    lines(display).map { $0 + "\n" }.joined()
  }

  func lines(_ display: Display) -> [String] {
    switch display {
    case .table(let table): lines(table)
    case .metrics(let metrics): lines(metrics)
    case .confusion(let matrix): lines(matrix)
    case .plot(let plot): lines(plot)
    case .tree(let tree): lines(tree)
    case .notes(let notes): notes.flatMap(lines)
    case .facts(let facts): lines(facts)
    case .text(let text): lines(preformatted: text)
    case .heading(let text): text.isEmpty ? [] : [styled(SafeText.escaped(text), .bold)]
    case .group(let parts): lines(parts)
    }
  }

  /// Parts under each other: a blank line around tables and drawings, none between notes, facts and text.
  private func lines(_ parts: [Display]) -> [String] {
    var all: [String] = []
    var previous: Display?
    for part in parts where !part.isEmpty {
      if let previous, needsSpace(previous, part) { all.append("") }
      all += lines(part)
      previous = part
    }
    return all
  }

  private func needsSpace(_ first: Display, _ second: Display) -> Bool {
    switch (first, second) {
    case (.heading, _), (.notes, .notes), (.facts, .notes), (.table, .notes), (.metrics, .notes): false
    default: true
    }
  }

  private func lines(_ note: Note) -> [String] {
    let mark = note.level == .warning ? "warning: " : ""
    var lines = TextWrap.lines(mark + SafeText.escaped(note.message), width: width, indent: 2)
    if !mark.isEmpty, lines[0].hasPrefix(mark) { lines[0] = styled(mark, .warning) + lines[0].dropFirst(mark.count) }
    return lines
  }

  private func lines(_ facts: [Fact]) -> [String] {
    let names = facts.map { SafeText.escaped($0.name) }
    let widest = names.map(TextWidth.of).max() ?? 0
    let mark = CellText.missingMark(unicode: unicode)
    return zip(facts, names).flatMap { fact, name in
      let value = CellText.column([fact.value], .automatic, mark: mark)[0]
      let head = TextWidth.pad(name, to: widest) + "  "
      return value.map { TextWrap.lines(head + $0, width: width, indent: widest + 2) } ?? [head + styled(mark, .dim)]
    }
  }

  private func lines(preformatted text: String) -> [String] {
    var lines = SafeText.escaped(text, keepingLines: true).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.flatMap { line in
      TextWrap.lines(String(line), width: width, indent: line.prefix { $0 == " " }.count)
    }
  }
}
