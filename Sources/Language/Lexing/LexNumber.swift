import Diagnostics

extension Lexer {
  /// `1_000`, `2.5`, `1e-3`. What is not a number of the language is reported and stands as 0, so that parsing goes on.
  mutating func scanNumber() {
    let start = index
    skipDigits()
    var isFloat = false
    if index < bytes.count, bytes[index] == .dot, byteAhead(1).isDigit {
      isFloat = true
      index += 1
      skipDigits()
    }
    if byteAhead(0) | 0x20 == UInt8(ascii: "e"), exponentFollows() {
      isFloat = true
      index += byteAhead(1).isDigit ? 1 : 2
      skipDigits()
    }
    guard !runsOn() else { return reportMalformedNumber(from: start) }
    guard let digits = digitsWithoutSeparators(from: start) else {
      return reportNumber(from: start, "an underscore stands between two digits, as in 1_000")
    }
    if isFloat { appendFloat(digits, from: start) } else { appendInt(digits, from: start) }
  }

  /// `.5`, as other languages write 0.5: reported, and taken as that. The caller has seen that it touches nothing.
  mutating func scanFraction() {
    let start = index
    index += 1
    skipDigits()
    if byteAhead(0) | 0x20 == UInt8(ascii: "e"), exponentFollows() {
      index += byteAhead(1).isDigit ? 1 : 2
      skipDigits()
    }
    guard !runsOn(), let digits = digitsWithoutSeparators(from: start), let number = Double("0" + digits) else {
      return reportMalformedNumber(from: start)
    }
    let range = SourceRange(start, index)
    sink.report(
      .badNumber, "a number begins with a digit", at: range, rewrite: Rewrite(range, "0" + digits))
    append(.literal(.float(number)), from: start)
  }

  private mutating func skipDigits() {
    while index < bytes.count, bytes[index].isDigit || bytes[index] == .underscore { index += 1 }
  }

  private func exponentFollows() -> Bool {
    let sign = byteAhead(1)
    return sign.isDigit || ((sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")) && byteAhead(2).isDigit)
  }

  /// Whether letters or a lone dot touch the end of the number, as in `10kg`, `0x1F`, `5.` or `1.2.3`.
  private func runsOn() -> Bool {
    guard index < bytes.count else { return false }
    return nameScalarLength(index) != nil || (bytes[index] == .dot && byteAhead(1) != .dot)
  }

  private func digitsWithoutSeparators(from start: Int) -> String? {
    var digits: [UInt8] = []
    for offset in start..<index {
      if bytes[offset] != .underscore {
        digits.append(bytes[offset])
      } else if offset + 1 >= index || !bytes[offset - 1].isDigit || !bytes[offset + 1].isDigit {
        return nil
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private mutating func appendInt(_ digits: String, from start: Int) {
    guard let number = Int64(digits) else {
      return reportNumber(from: start, "whole numbers end at 9223372036854775807; write a float, as in 1e19")
    }
    append(.literal(.int(number)), from: start)
  }

  private mutating func appendFloat(_ digits: String, from start: Int) {
    let isZero = digits.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }.allSatisfy { $0 == .dot || $0 == 48 }
    guard let number = Double(digits), number.isFinite, number != 0 || isZero else {
      return reportNumber(from: start, "floats lie between 5e-324 and 1.79e308")
    }
    append(.literal(.float(number)), from: start)
  }

  private mutating func reportMalformedNumber(from start: Int) {
    while index < bytes.count {
      if let length = nameScalarLength(index) {
        index += length
      } else if bytes[index] == .dot, byteAhead(1) != .dot {
        index += 1
      } else {
        break
      }
    }
    let label =
      bytes[index - 1] == .dot
      ? "write \(text(from: start, to: index - 1)).0" : "a number has only digits, as in 1_000, 2.5 or 1e-3"
    reportNumber(from: start, label)
  }

  mutating func reportNumber(from start: Int, _ label: String) {
    let range = SourceRange(start, index)
    sink.report(.badNumber, "'\(text(from: start, to: index))' is not a number", at: range, label: label)
    append(.literal(.int(0)), from: start)
  }
}
