/// Text from outside made harmless for a terminal: nothing in it can move the cursor, change colours, hide itself or
/// reorder what stands around it.
public enum SafeText {
  /// The text with control characters, bidirectional controls and other invisible scalars written as escapes
  /// (`\n`, `\t`, `\u{1b}`). With `keepingLines`, line breaks stay.
  public static func escaped(_ text: String, keepingLines: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if keepingLines, scalar == "\n" {
        escaped.unicodeScalars.append(scalar)
      } else if isHarmful(scalar) {
        escaped += escape(scalar)
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Joiners (U+200C, U+200D) and soft hyphens stay: Persian words and composed emoji need them.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x20..<0x7F, 0xAD, 0x200C, 0x200D: false
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
      default: false
      }
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
}
