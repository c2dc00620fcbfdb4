import Display
import Notation

/// Candidates laid out under the line, within the screen: one a line with their summaries where there is room for all, else in
/// columns, and below them how many are left.
enum CandidateList {
  /// Rows of the screen that are left to the line being edited and what stands above the list.
  private static let margin = 2

  static func lines(_ candidates: [Completions.Candidate], width: Int, height: Int) -> [String] {
    let room = max(1, height - margin)
    let texts = candidates.map { SafeText.escaped($0.text) }
    let widest = min(texts.map(TextWidth.of).max() ?? 0, max(width - 1, 1))
    if candidates.count <= room, candidates.contains(where: { $0.summary != nil }) {
      return zip(candidates, texts).map { described($1, $0.summary, nameWidth: min(widest, width / 2), width: width) }
    }
    let across = max(1, (width - 1) / (widest + 2))
    let shown = texts.count <= room * across ? texts.count : max(0, room - 1) * across
    let lines = columns(Array(texts.prefix(shown)), across: across, widest: widest, width: width)
    return shown == texts.count ? lines : lines + [TextWidth.cut(rest(candidates[shown...]), to: width - 1)]
  }

  private static func described(_ text: String, _ summary: String?, nameWidth: Int, width: Int) -> String {
    guard let summary else { return TextWidth.cut(text, to: width - 1) }
    return TextWidth.cut(TextWidth.pad(text, to: nameWidth) + "  " + SafeText.escaped(summary), to: width - 1)
  }

  /// Down the columns first, as `ls` does.
  private static func columns(_ texts: [String], across: Int, widest: Int, width: Int) -> [String] {
    let down = (texts.count + across - 1) / across
    return (0..<down).map { row in
      let line = stride(from: row, to: texts.count, by: down).map { TextWidth.pad(texts[$0], to: widest) }
      let text = TextWidth.cut(line.joined(separator: "  "), to: width - 1)
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// `… 2 options, 64 functions`
  private static func rest(_ candidates: ArraySlice<Completions.Candidate>) -> String {
    var nouns: [String] = []
    var counts: [String: Int] = [:]
    for candidate in candidates {
      if counts[candidate.noun] == nil { nouns.append(candidate.noun) }
      counts[candidate.noun, default: 0] += 1
    }
    let words = nouns.map { noun in
      let count = counts[noun] ?? 0
      return count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
    return "… " + words.joined(separator: ", ")
  }
}
