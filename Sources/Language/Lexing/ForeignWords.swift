import Diagnostics

extension Lexer {
  /// `AND`, `OR` and `IN` as SQL writes them, between two values: reported, and taken as the words that they are. Anywhere else they are
  /// names like others.
  mutating func scanCapitals(_ word: String, from start: Int) -> Bool {
    guard ["AND", "OR", "IN"].contains(word), let keyword = Keyword(rawValue: word.lowercased()),
      tokens.last.map(Self.endsValue) ?? false, valueFollows
    else { return false }
    let range = SourceRange(start, index)
    sink.report(
      .otherLanguage, "'\(word)' is written in small letters", at: range, rewrite: Rewrite(range, keyword.rawValue))
    append(.keyword(keyword), from: start)
    return true
  }

  private static func endsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .literal, .symbol(.closeParenthesis), .symbol(.closeBracket), .keyword(.missing), .keyword(.true),
      .keyword(.false):
      true
    default: false
    }
  }

  private var valueFollows: Bool {
    var place = index
    while place < bytes.count, bytes[place] == .space || bytes[place] == .tab { place += 1 }
    guard place > index, place < bytes.count else { return false }
    let values: [UInt8] = [
      .doubleQuote, .singleQuote, .backQuote, .at, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "-"),
    ]
    return bytes[place].isDigit || values.contains(bytes[place]) || startsName(place)
  }
}
