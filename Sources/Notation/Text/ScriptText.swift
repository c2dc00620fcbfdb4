/// Names and code as a script holds them: what messages advise goes through here, so that it can be written as it stands.
public enum ScriptText {
  /// Words that mean something else where a name may stand: those of the grammar, and other languages' words for missing, true and
  /// false, which get a hint.
  public static let reserved: Set<String> = [
    "and", "else", "false", "if", "in", "missing", "not", "or", "then", "true",
    "null", "NULL", "Null", "None", "NA", "nil", "NaN", "True", "TRUE", "False", "FALSE",
  ]

  /// Whether the text is a name without back quotes.
  public static func isPlainName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }

  /// A name as an expression can hold it: in back quotes if it is not a plain name, or has another meaning.
  public static func name(_ text: String) -> String {
    isPlainName(text) && !reserved.contains(text) ? text : quoted(text)
  }

  /// A name where any word may stand: an option, a key, a member.
  public static func key(_ text: String) -> String { isPlainName(text) ? text : quoted(text) }

  /// A name in back quotes, those in it doubled.
  public static func quoted(_ text: String) -> String { "`\(text.replacing("`", with: "``"))`" }

  /// Code in the middle of a sentence: between back quotes, or between single ones where it holds a name in back quotes.
  public static func code(_ text: String) -> String { text.contains("`") ? "'\(text)'" : "`\(text)`" }
}
