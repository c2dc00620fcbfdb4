import Notation

extension Explanation {
  /// The columns that the paragraph is set in.
  private static let width = 80

  /// What `mlp explain-error` prints: the code with its summary, the paragraph, and both examples set in.
  public func text(for code: DiagnosticCode) -> String {
    let head = "\(code.rawValue): \(summary)\n\n"
    return head + wrapped(paragraph) + "\nInstead of\n\n" + example(wrong) + "\nwrite\n\n" + example(right)
  }

  private func wrapped(_ paragraph: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ") {
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(word)) > Self.width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + [line]).map { $0 + "\n" }.joined()
  }

  /// Four columns in; a line too wide for a screen, as nesting without end makes, is cut.
  private func example(_ script: String) -> String {
    script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.isEmpty { return "\n" }
      return "    " + (line.count > 100 ? line.prefix(60) + "…" : line) + "\n"
    }.joined()
  }
}
