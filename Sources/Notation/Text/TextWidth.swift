/// How many columns text takes on a terminal.
public enum TextWidth {
  /// Columns of a text without control characters: two for East Asian wide characters and emoji, none for combining
  /// marks. O(length).
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// A character is as wide as its widest scalar; a flag and a scalar with the emoji selector are two.
  public static func of(_ character: Character) -> Int {
    var widest = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains(scalar.value) { return 2 }
      widest = max(widest, of(scalar))
    }
    return widest
  }

  /// Columns of a scalar that stands alone.
  public static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    // Vowels and finals of a decomposed Hangul syllable stand inside the first consonant's two columns.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    if WideScalars.contains(scalar) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// The text cut to `width` columns; what was cut is marked by `mark` (one column) at the end.
  public static func cut(_ text: String, to width: Int, mark: String = "…") -> String {
    if of(text) <= width { return text }
    let room = max(0, width - of(mark))
    var kept = ""
    var used = 0
    for character in text {
      let next = of(character)
      if used + next > room { break }
      kept.append(character)
      used += next
    }
    return width > 0 ? kept + mark : ""
  }

  /// The text filled with spaces to `width` columns; a wider text stays as it is.
  public static func pad(_ text: String, to width: Int, _ alignment: Alignment = .left) -> String {
    let space = String(repeating: " ", count: max(0, width - of(text)))
    return alignment == .left ? text + space : space + text
  }
}
