/// The ASCII bytes that the lexer switches on.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let hash = UInt8(ascii: "#")
  static let doubleQuote = UInt8(ascii: "\"")
  static let singleQuote = UInt8(ascii: "'")
  static let backQuote = UInt8(ascii: "`")
  static let backslash = UInt8(ascii: "\\")
  static let at = UInt8(ascii: "@")
  static let underscore = UInt8(ascii: "_")
  static let dot = UInt8(ascii: ".")

  var isDigit: Bool { self >= 48 && self <= 57 }

  var isAsciiNameStart: Bool { (self >= 97 && self <= 122) || (self >= 65 && self <= 90) || self == .underscore }
}

extension Lexer {
  /// The length in bytes of the scalar that starts here; at least 1, and never past the end.
  func scalarLength(_ offset: Int) -> Int {
    let length: Int
    switch bytes[offset] {
    case 0xC0..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0...: length = 4
    default: length = 1
    }
    return min(length, bytes.count - offset)
  }

  private func scalar(_ offset: Int) -> Unicode.Scalar? {
    text(from: offset, to: offset + scalarLength(offset)).unicodeScalars.first
  }

  /// Whether a letter (of any script) or `_` stands here.
  func startsName(_ offset: Int) -> Bool {
    let byte = bytes[offset]
    if byte < 0x80 { return byte.isAsciiNameStart }
    return scalar(offset)?.properties.isXIDStart ?? false
  }

  /// The length of the letter, digit, mark or `_` that stands here; nil if none does.
  func nameScalarLength(_ offset: Int) -> Int? {
    let byte = bytes[offset]
    if byte < 0x80 { return byte.isAsciiNameStart || byte.isDigit ? 1 : nil }
    return scalar(offset)?.properties.isXIDContinue ?? false ? scalarLength(offset) : nil
  }
}
