import Display
import Notation

/// Candidates laid out under the line, within the screen: one a line with their summaries where there is room for all, else in
/// columns, and below them how many are left. A kind that comes last and would fill the screen alone is only counted.
enum CandidateList {
  /// Rows of the screen that are left to the line being edited and what stands above the list.
  private static let margin = 2

  static func lines(_ candidates: [Completions.Candidate], width: Int, height: Int) -> [String] {
    let room = max(1, height - margin)
    let listed = candidates.prefix(candidates.count - crowd(candidates, room))
    let all = layout(listed, width: width, room: room)
    if all.shown == candidates.count { return all.lines }
    let some = layout(listed, width: width, room: room - 1)
    return some.lines + [TextWidth.cut(rest(candidates[some.shown...]), to: width - 1)]
  }

  /// How many at the end are of one kind that would fill the screen, where others come before them.
  private static func crowd(_ candidates: [Completions.Candidate], _ room: Int) -> Int {
    let count = candidates.reversed().prefix { $0.noun == candidates.last?.noun }.count
    return count > room && count < candidates.count ? count : 0
  }

  /// The lines of the first candidates, as many as there is room for.
  private static func layout(
    _ candidates: ArraySlice<Completions.Candidate>, width: Int, room: Int
  ) -> (lines: [String], shown: Int) {
    let texts = candidates.map { SafeText.escaped($0.text) }
    let widest = min(texts.map(TextWidth.of).max() ?? 0, max(width - 1, 1))
    if texts.count <= room, candidates.contains(where: { $0.summary != nil }) {
      let lines = zip(candidates, texts).map {
        described($1, $0.summary, nameWidth: min(widest, width / 2), width: width)
      }
      return (lines, texts.count)
    }
    let across = max(1, (width - 1) / (widest + 2))
    let shown = min(texts.count, room * across)
    return (columns(Array(texts.prefix(shown)), across: across, widest: widest, width: width), shown)
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
