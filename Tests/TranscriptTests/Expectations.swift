import ProgramRunning

/// The two parts of a transcript: what is run, and the comments at its end that say what comes of it.
struct Expectations {
  /// The script, with a blank line before the comments that follow.
  let script: String
  /// The words after `mlp`, with `FILE` for the script.
  let command: [String]

  init(of text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while let last = lines.last, last.isEmpty || Self.isExpectation(last) { lines.removeLast() }
    script = lines.joined(separator: "\n") + "\n\n"
    let line = lines.first { $0.hasPrefix("# $ mlp ") }
    command = line.map { $0.dropFirst("# $ mlp ".count).split(separator: " ").map(String.init) } ?? ["run", "FILE"]
  }

  private static func isExpectation(_ line: Substring) -> Bool {
    line == "# >" || line.hasPrefix("# > ") || line == "# !" || line.hasPrefix("# ! ") || line.hasPrefix("# exit ")
  }

  /// What a run came to, as comments.
  static func comments(_ ended: Program.Ended) -> String {
    var lines = marked(ended.output, with: "# >") + marked(ended.errors, with: "# !")
    if ended.status != 0 || lines.isEmpty { lines.append("# exit \(ended.status)") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func marked(_ text: String, with mark: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    // Blanks at the end of a line would be lost in an editor.
    return lines.map { line in
      let words = line.reversed().drop { $0 == " " }.reversed()
      return words.isEmpty ? mark : mark + " " + String(words)
    }
  }
}
