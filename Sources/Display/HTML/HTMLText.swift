import Notation

/// Text made harmless for HTML, SVG and attribute values.
enum HTMLText {
  /// Invisible and control characters are shown as escapes, and the five characters that mean something to HTML as
  /// references.
  static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    var escaped = ""
    for character in SafeText.escaped(text, keepingLines: keepingLines).unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
