/// Text made harmless for HTML, SVG and attribute values.
public enum HTMLText {
  /// Invisible and control characters are shown as escapes, and the five characters that mean something to HTML as
  /// references.
  public static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    var escaped = ""
    for character in SafeText.escaped(text, keepingLines: keepingLines).unicodeScalars {
      if let reference = reference(character) {
        escaped += reference
      } else {
        escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// The reference for a character that means something to HTML; nil for all others.
  public static func reference(_ character: Unicode.Scalar) -> String? {
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: nil
    }
  }
}
