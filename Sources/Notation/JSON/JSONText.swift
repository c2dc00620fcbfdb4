/// Writes the parts of JSON text (RFC 8259) as UTF-8 bytes, for writers that do not build a `JSONValue` first.
public enum JSONText {
  /// A string in quotes. Control characters, DEL and the line separators U+2028/2029 are escaped, so that the text is
  /// also safe inside a script and on a terminal line.
  public static func append(_ text: String, to bytes: inout [UInt8]) {
    var copy = text
    copy.withUTF8 { append(utf8: $0, to: &bytes) }
  }

  /// The same of a text that is given as UTF-8.
  public static func append(utf8 text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(text, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a text in quotes needs no escape, as far as is seen at once: it may be false of one that needs none.
  public static func isPlain(utf8 text: UnsafeBufferPointer<UInt8>) -> Bool {
    // The line separators begin with 0xE2.
    text.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F && $0 != 0xE2 }
  }

  public static func append(_ value: Int64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "\(value)".utf8)
  }

  /// The shortest digits that read back as the same number, always with a point or exponent; `null` for a number that
  /// JSON cannot hold (infinite or not a number).
  public static func append(_ value: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
  }

  public static func append(_ value: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Copies runs of plain bytes at once: most text needs no escape.
  private static func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    var start = 0
    var place = 0
    while place < utf8.count {
      let byte = utf8[place]
      let isSeparator =
        byte == 0xE2 && place + 2 < utf8.count && utf8[place + 1] == 0x80 && utf8[place + 2] & 0xFE == 0xA8
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || isSeparator else {
        place += 1
        continue
      }
      bytes.append(contentsOf: utf8[start..<place])
      if isSeparator {
        bytes.append(contentsOf: (utf8[place + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
        place += 3
      } else {
        appendEscape(byte, to: &bytes)
        place += 1
      }
      start = place
    }
    bytes.append(contentsOf: utf8[start..<utf8.count])
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    let letter: Character? =
      switch byte {
      case 0x08: "b"
      case 0x09: "t"
      case 0x0A: "n"
      case 0x0C: "f"
      case 0x0D: "r"
      case 0x22: "\""
      case 0x5C: "\\"
      default: nil
      }
    if let letter {
      bytes.append(contentsOf: "\\\(letter)".utf8)
    } else {
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
