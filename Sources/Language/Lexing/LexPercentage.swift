import Diagnostics

extension Lexer {
  /// `80%`, as other tools write 0.8: reported, and taken as that. False, with nothing read, where the sign stands between two values
  /// or behind none.
  mutating func scanPercentage() -> Bool {
    guard let last = tokens.last, last.range.end == index, endsValueHere, let share = hundredth(of: last) else {
      return false
    }
    tokens.removeLast()
    index += 1
    let range = SourceRange(last.range.start, index)
    sink.report(
      .otherLanguage, "a percentage is written as a number", at: range,
      rewrite: Rewrite(range, LiteralPrinter.text(.float(share))))
    append(.literal(.float(share)), from: last.range.start)
    return true
  }

  /// Whether no value follows the sign here, so that it is no operator between two.
  private var endsValueHere: Bool {
    var place = index + 1
    while place < bytes.count, bytes[place] == .space || bytes[place] == .tab { place += 1 }
    guard place < bytes.count else { return true }
    let ends: [Unicode.Scalar] = ["\n", "\r", "#", ",", ")", "]", "}", "|", "=", "!", "<", ">"]
    if ends.contains(where: { UInt8(ascii: $0) == bytes[place] }) { return true }
    let word = bytes[place...].prefix { $0.isAsciiNameStart || $0.isDigit }
    return ["and", "or", "then", "else"].contains(String(decoding: word, as: UTF8.self))
  }

  /// Of a number as it is written. Read with an exponent it is the number nearest to that, which a division need not give.
  private func hundredth(of number: Token) -> Double? {
    switch number.kind {
    case .literal(.int), .literal(.float):
      let digits = text(from: number.range.start, to: number.range.end).filter { $0 != "_" }
      return Double(digits + "e-2") ?? Double(digits).map { $0 / 100 }
    default: return nil
    }
  }
}
