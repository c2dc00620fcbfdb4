import Diagnostics

extension Lexer {
  /// A name in back quotes, in which a back quote is doubled: `` `a``b` `` is the name a`b.
  mutating func scanQuotedName() {
    let start = index
    var content: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != .lineFeed, bytes[index] != .backQuote || byteAhead(1) == .backQuote {
      if bytes[index] == .backQuote { index += 1 }
      content.append(bytes[index])
      index += 1
    }
    guard index < bytes.count, bytes[index] == .backQuote else {
      reportUnterminated(from: start, "this back quote is not closed on its line", closing: "`")
      return
    }
    index += 1
    if content.isEmpty {
      sink.report(.unexpectedCharacter, "a name in back quotes is empty", at: SourceRange(start, index))
      return append(.invalid, from: start)
    }
    append(.name(String(decoding: content, as: UTF8.self), isQuoted: true), from: start)
  }
}
