import Notation

/// What stands behind the `#` of a database's address: a table's name or a query.
enum DatabasePart {
  /// Without blanks and semicolons around it; nil for nothing.
  static func trimmed(_ text: String) -> String? {
    let isOutside = { (character: Character) in character.isWhitespace || character == ";" }
    let inner = text.drop(while: isOutside)
    let last = inner.lastIndex { !isOutside($0) }
    return last.map { String(inner[...$0]) }
  }

  private static let words: Set<String> = ["select", "with", "values", "table"]

  /// Whether a text begins as a query does. One that is the name of a table is none.
  static func isQuery(_ text: String) -> Bool {
    let word = text.prefix { $0.isASCII && $0.isLetter }
    let next = text[word.endIndex...].first
    return words.contains(word.lowercased()) && next.map { $0.isWhitespace || "(\"*'/-".contains($0) } ?? false
      || text.hasPrefix("(")
  }

  /// On one line, a long query cut.
  static func shown(_ text: String) -> String {
    TextWidth.cut(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), to: 60)
  }

  /// An identifier in double quotes, as SQL takes any.
  static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
