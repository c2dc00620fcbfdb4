import Diagnostics

extension Parser {
  /// Whether an entry at the prompt is finished, by the grammar's own rule: false while it ends inside brackets or a
  /// `define`, or after a token that lets its line go on. A blank line finishes it, so that its error is shown; so does
  /// any other error before its end.
  public static func isComplete(_ text: String) -> Bool {
    let script = ParsedScript(SourceFile(name: "", text: text))
    return !(script.endedUnfinished && script.diagnostics.count == 1)
  }
}
