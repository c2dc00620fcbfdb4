import Notation

/// How a value is named in words, headings and lists.
public enum ValueName {
  /// The text itself, or in quotes where it would not be seen as it is: with nothing in it, with blanks at its ends, or taken for a
  /// missing cell or for a text in quotes.
  public static func of(_ text: String, missing mark: String = "·") -> String {
    let text = SafeText.escaped(text)
    let isClear =
      !text.isEmpty && text != mark && text.first != "\"" && text.first?.isWhitespace == false
      && text.last?.isWhitespace == false
    if isClear { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }

  /// In a sentence, always in quotes: `'yes'`, `" yes"`.
  public static func quoted(_ text: String) -> String {
    let name = of(text)
    return name.first == "\"" ? name : "'\(name)'"
  }
}

extension Cell {
  /// The value as words, headings and lists name it.
  public var name: String { if case .text(let text) = self { ValueName.of(text) } else { description } }

  /// The same in a sentence, always in quotes.
  public var quotedName: String { ValueName.quoted(description) }
}
