import Diagnostics

extension Lexer {
  /// `"text"`, in which a backslash begins an escape.
  mutating func scanText() {
    let start = index
    var content: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != .lineFeed {
      switch bytes[index] {
      case .doubleQuote:
        index += 1
        append(.literal(.text(String(decoding: content, as: UTF8.self))), from: start)
        return
      case .backslash: scanEscape(into: &content)
      case let byte:
        content.append(byte)
        index += 1
      }
    }
    reportUnterminated(from: start, "this text is not closed on its line", closing: "\"")
  }

  /// `r"text"`, in which a backslash is a backslash.
  mutating func scanRawText() {
    let start = index
    index += 2
    while index < bytes.count, bytes[index] != .lineFeed, bytes[index] != .doubleQuote { index += 1 }
    guard index < bytes.count, bytes[index] == .doubleQuote else {
      reportUnterminated(from: start, "this text is not closed on its line", closing: "\"")
      return
    }
    index += 1
    append(.literal(.text(text(from: start + 2, to: index - 1))), from: start)
  }

  private mutating func scanEscape(into content: inout [UInt8]) {
    let start = index
    index += 1
    guard index < bytes.count, bytes[index] != .lineFeed else { return }
    let escape = bytes[index]
    if escape == UInt8(ascii: "u") { return scanScalarEscape(from: start, into: &content) }
    index += scalarLength(index)
    switch escape {
    case UInt8(ascii: "n"): content.append(.lineFeed)
    case UInt8(ascii: "t"): content.append(.tab)
    case UInt8(ascii: "r"): content.append(.carriageReturn)
    case .doubleQuote, .backslash: content.append(escape)
    default: reportEscape(from: start, label: #"known are \n \t \r \" \\ \u{…}; r"…" takes backslashes as they are"#)
    }
  }

  /// `\u{1F600}`: a Unicode scalar by its number in hexadecimal.
  private mutating func scanScalarEscape(from start: Int, into content: inout [UInt8]) {
    index += 1
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else {
      return reportEscape(from: start, label: #"write the number in braces: \u{e9}"#)
    }
    let digits = index + 1
    index = digits
    while index < bytes.count, index - digits < 8, isHexadecimal(bytes[index]) { index += 1 }
    let number = UInt32(text(from: digits, to: index), radix: 16)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "}"), let number, let scalar = Unicode.Scalar(number) else {
      return reportEscape(from: start, label: #"no such character; \u{e9} is é"#)
    }
    index += 1
    content.append(contentsOf: String(scalar).utf8)
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    byte.isDigit || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
  }

  private mutating func reportEscape(from start: Int, label: String) {
    let range = SourceRange(start, index)
    sink.report(.badEscape, "'\(text(from: start, to: index))' is not an escape", at: range, label: label)
  }
}
