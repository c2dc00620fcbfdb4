import Display
import Notation

/// Candidates laid out under the line: one a line with their summaries, or in columns where none has one.
enum CandidateList {
  static let limit = 200

  static func lines(_ candidates: [Completions.Candidate], width: Int) -> [String] {
    let shown = candidates.prefix(limit)
    let texts = shown.map { SafeText.escaped($0.text) }
    let widest = min(texts.map(TextWidth.of).max() ?? 0, max(width - 1, 1))
    let lines =
      shown.contains { $0.summary != nil }
      ? zip(shown, texts).map { described($1, $0.summary, nameWidth: min(widest, width / 2), width: width) }
      : columns(texts, widest: widest, width: width)
    let more = candidates.count - shown.count
    return lines + (more > 0 ? ["… (\(more) more)"] : [])
  }

  private static func described(_ text: String, _ summary: String?, nameWidth: Int, width: Int) -> String {
    guard let summary else { return TextWidth.cut(text, to: width - 1) }
    return TextWidth.cut(TextWidth.pad(text, to: nameWidth) + "  " + SafeText.escaped(summary), to: width - 1)
  }

  /// Down the columns first, as `ls` does.
  private static func columns(_ texts: [String], widest: Int, width: Int) -> [String] {
    let across = max(1, (width - 1) / (widest + 2))
    let down = (texts.count + across - 1) / across
    return (0..<down).map { row in
      let line = stride(from: row, to: texts.count, by: down).map { TextWidth.pad(texts[$0], to: widest) }
      let text = TextWidth.cut(line.joined(separator: "  "), to: width - 1)
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}
