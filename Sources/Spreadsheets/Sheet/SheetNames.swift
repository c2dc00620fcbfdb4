/// How the names of a header are read.
enum SheetNames {
  /// A name without the blanks around it.
  static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character.isWhitespace }
    let inner = text.drop(while: isBlank)
    return String(inner.prefix(inner.count - inner.reversed().prefix(while: isBlank).count))
  }
}
