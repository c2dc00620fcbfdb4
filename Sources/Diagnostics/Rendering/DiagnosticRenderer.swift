import Notation

/// Draws diagnostics for a screen or a log: as text with the line and a caret, or as one JSON object a line.
public struct DiagnosticRenderer: Sendable {
  /// The script that the ranges point into; nil if there is none.
  public let source: SourceFile?
  /// Whether the text carries ANSI colours.
  public let colour: Bool
  /// Columns of the screen: a line of the script is cut there, and help broken into lines; nil breaks none.
  public let width: Int?

  public init(source: SourceFile?, colour: Bool = false, width: Int? = nil) {
    self.source = source
    self.colour = colour
    self.width = width
  }

  /// The diagnostic as lines of text, each ended by a line feed.
  ///
  ///     error[unknown-column]: no column 'Agee' in titanic
  ///       ┌─ titanic.mlp:4:8
  ///       │
  ///     4 │ impute Agee = median
  ///       │        ^^^^ did you mean 'age'?
  ///       │
  ///       = columns: passenger_id, survived, pclass
  public func render(_ diagnostic: Diagnostic) -> String {
    let paint = Paint(severity: diagnostic.severity, isOn: colour)
    // Whoever interrupts knows what and where.
    if diagnostic.code == .interrupted { return text([paint.severity(shown(diagnostic.message))]) }
    let head = paint.severity("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]")
    var lines = [head + paint.strong(": " + shown(diagnostic.message))]
    let notes = notes(of: diagnostic)
    guard let source, let range = diagnostic.range else {
      return text(lines + notes.flatMap { bulleted($0, margin: " ", paint) })
    }
    let margin = String(repeating: " ", count: String(source.position(of: range.start).line).count)
    let room = width.map { $0 - margin.count - 3 }
    let excerpt = SourceExcerpt(source, range, room: room)
    let label = diagnostic.label.map(shown)
    // A label that would run over the edge stands below, where it is broken into lines.
    let fits = excerpt.caretColumn + excerpt.caretWidth + 1 + TextWidth.of(label ?? "") <= room ?? .max
    let bar = paint.gutter("\(margin) │")
    lines.append(paint.gutter("\(margin) ┌─ ") + "\(shown(source.name)):\(excerpt.lineNumber):\(excerpt.column)")
    lines += [
      bar, paint.gutter("\(excerpt.lineNumber) │ ") + excerpt.text,
      bar + " " + caret(excerpt, fits ? label : nil, paint),
    ]
    let below = (fits ? [] : [label].compactMap(\.self)) + notes
    if !below.isEmpty { lines.append(bar) }
    return text(lines + below.flatMap { bulleted($0, margin: margin, paint) })
  }

  private func caret(_ excerpt: SourceExcerpt, _ label: String?, _ paint: Paint) -> String {
    let mark = String(repeating: "^", count: excerpt.caretWidth)
    let marked = ([mark] + [label].compactMap(\.self)).joined(separator: " ")
    return String(repeating: " ", count: excerpt.caretColumn) + paint.severity(marked)
  }

  /// A line of help, broken at spaces where the screen ends.
  private func bulleted(_ note: String, margin: String, _ paint: Paint) -> [String] {
    let room = max(20, (width ?? .max) - margin.count - 3)
    var lines: [String] = []
    var line = ""
    var used = 0
    for (place, word) in note.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      let size = TextWidth.of(String(word))
      if place > 0, used + 1 + size > room {
        lines.append(line)
        line = String(word)
        used = size
      } else {
        line += (place == 0 ? "" : " ") + word
        used += (place == 0 ? 0 : 1) + size
      }
    }
    lines.append(line)
    return lines.enumerated().map { $0 == 0 ? paint.gutter("\(margin) = ") + $1 : "\(margin)   " + $1 }
  }

  /// The stage, then the help. A label without a place to stand beside is help too.
  private func notes(of diagnostic: Diagnostic) -> [String] {
    let hasPlace = source != nil && diagnostic.range != nil
    return ([diagnostic.stage, hasPlace ? nil : diagnostic.label].compactMap { $0 } + diagnostic.help).map(shown)
  }

  private func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}

/// Text for a screen: control and format characters, which could move the cursor or turn the writing round, are shown
/// as U+FFFD, line ends as spaces; passwords of addresses are masked.
func shown(_ text: String) -> String {
  let text = Secrets.masked(text)
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(contentsOf: shown(scalar).unicodeScalars) }
  return String(result)
}

func shown(_ scalar: Unicode.Scalar) -> String {
  if scalar == "\n" || scalar == "\t" { return " " }
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: return "\u{FFFD}"
  // The joiners of Indic scripts and emoji are format characters too, and harmless.
  case .format where scalar.value != 0x200C && scalar.value != 0x200D: return "\u{FFFD}"
  default: return String(scalar)
  }
}

/// ANSI colours, or none.
private struct Paint {
  let severity: Severity
  let isOn: Bool

  func severity(_ text: String) -> String {
    switch severity {
    case .error: wrap(text, "1;31")
    case .warning: wrap(text, "1;33")
    case .note: wrap(text, "1;36")
    }
  }

  func strong(_ text: String) -> String { wrap(text, "1") }

  func gutter(_ text: String) -> String { wrap(text, "34") }

  private func wrap(_ text: String, _ style: String) -> String { isOn ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text }
}
