import Notation

extension DiagnosticRenderer {
  /// The diagnostic as one JSON object (RFC 8259) on one line, without a line feed.
  ///
  /// Keys, always all of them: `type` ("diagnostic"), `severity`, `code`, `message`, `file`, `line`, `column`, `end`
  /// (an object with `line` and `column`, just past the range), `label`, `stage`, `help` (a list), `rewrite`
  /// (what to write instead: an object with `line`, `column`, `end` and `text`). What is not known is null. Lines and
  /// columns count from 1; columns are Unicode scalars.
  public func json(_ diagnostic: Diagnostic) -> String {
    let start = position(diagnostic.range?.start)
    let end = position(diagnostic.range?.end)
    let value: JSONValue = [
      "type": "diagnostic",
      "severity": .string(diagnostic.severity.rawValue),
      "code": .string(diagnostic.code.rawValue),
      "message": text(diagnostic.message),
      "file": text(source?.name),
      "line": start.map { .int(Int64($0.line)) } ?? .null,
      "column": start.map { .int(Int64($0.column)) } ?? .null,
      "end": end.map { ["line": .int(Int64($0.line)), "column": .int(Int64($0.column))] } ?? .null,
      "label": text(diagnostic.label),
      "stage": text(diagnostic.stage),
      "help": .array(diagnostic.help.map { text($0) }),
      "rewrite": diagnostic.rewrite.map(rewrite) ?? .null,
    ]
    return value.text
  }

  private func rewrite(_ rewrite: Rewrite) -> JSONValue {
    let start = position(rewrite.range.start)
    let end = position(rewrite.range.end)
    return [
      "line": start.map { .int(Int64($0.line)) } ?? .null,
      "column": start.map { .int(Int64($0.column)) } ?? .null,
      "end": end.map { ["line": .int(Int64($0.line)), "column": .int(Int64($0.column))] } ?? .null,
      "text": text(rewrite.text),
    ]
  }

  /// Passwords of addresses are masked.
  private func text(_ text: String?) -> JSONValue { text.map { .string(Secrets.masked($0)) } ?? .null }

  private func position(_ offset: Int?) -> (line: Int, column: Int)? {
    guard let source, let offset else { return nil }
    return source.position(of: offset)
  }
}
