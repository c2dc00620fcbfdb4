import Notation

/// Text broken into lines that fit a screen.
enum TextWrap {
  /// Lines of at most `width` columns, broken at spaces; a single word that is wider keeps its line. Lines after the first
  /// begin with `indent` spaces, fewer on a narrow screen. `width` nil breaks nothing.
  static func lines(_ text: String, width: Int?, indent: Int) -> [String] {
    guard let width, TextWidth.of(text) > width else { return [text] }
    let indent = indent * 2 > width ? 2 : indent
    var lines: [String] = []
    var line = ""
    var used = 0
    var hasWord = false
    for (place, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      let size = TextWidth.of(String(word))
      if hasWord, size > 0, used + 1 + size > width {
        lines.append(trimmed(line))
        line = String(repeating: " ", count: indent) + word
        used = indent + size
      } else {
        line += (place == 0 ? "" : " ") + word
        used += (place == 0 ? 0 : 1) + size
        hasWord = hasWord || size > 0
      }
    }
    return lines + [trimmed(line)]
  }

  private static func trimmed(_ line: String) -> String {
    line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
  }
}
