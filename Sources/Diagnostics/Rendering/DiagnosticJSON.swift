extension DiagnosticRenderer {
  /// The diagnostic as one JSON object (RFC 8259) on one line, without a line feed.
  ///
  /// Keys, always all of them: `type` ("diagnostic"), `severity`, `code`, `message`, `file`, `line`, `column`, `end`
  /// (an object with `line` and `column`, just past the range), `label`, `stage`, `help` (a list). What is not known is
  /// null. Lines and columns count from 1; columns are Unicode scalars.
  public func json(_ diagnostic: Diagnostic) -> String {
    let start = position(diagnostic.range?.start)
    let end = position(diagnostic.range?.end)
    let fields: [(String, String)] = [
      ("type", jsonText("diagnostic")),
      ("severity", jsonText(diagnostic.severity.rawValue)),
      ("code", jsonText(diagnostic.code.rawValue)),
      ("message", jsonText(diagnostic.message)),
      ("file", jsonText(source?.name)),
      ("line", start.map { String($0.line) } ?? "null"),
      ("column", start.map { String($0.column) } ?? "null"),
      ("end", end.map { "{\"line\":\($0.line),\"column\":\($0.column)}" } ?? "null"),
      ("label", jsonText(diagnostic.label)),
      ("stage", jsonText(diagnostic.stage)),
      ("help", "[" + diagnostic.help.map { jsonText($0) }.joined(separator: ",") + "]"),
    ]
    return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
  }

  private func position(_ offset: Int?) -> (line: Int, column: Int)? {
    guard let source, let offset else { return nil }
    return source.position(of: offset)
  }
}

/// A text as a JSON string, or null. Escapes what RFC 8259 demands, and U+2028 and U+2029 for readers in JavaScript.
func jsonText(_ text: String?) -> String {
  guard let text else { return "null" }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028 || scalar.value == 0x2029:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
