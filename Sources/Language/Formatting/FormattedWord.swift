import Notation

/// A word of a statement with what its neighbours make of it.
struct FormattedWord {
  let token: Token
  let role: TokenRole
  let text: String
  let width: Int
  let hasSpaceBefore: Bool
  /// Whether the source breaks the line before it.
  let breaksBefore: Bool
  /// Comments on lines of their own before it.
  var commentsBefore: [String] = []
  /// A comment that ends its line.
  var comment: String?

  init(_ token: Token, _ role: TokenRole, _ item: FormattingItem, after previous: FormattedWord?) {
    self.token = token
    self.role = role
    text = item.text
    width = TextWidth.of(item.text)
    breaksBefore = previous != nil && item.lineEndsBefore > 0
    hasSpaceBefore = previous.map { Self.isSpaced($0, token, role) } ?? false
  }

  var opens: Bool {
    role != .block && (token.is(.openParenthesis) || token.is(.openBracket) || token.is(.openBrace))
  }

  var closes: Bool {
    role != .block && (token.is(.closeParenthesis) || token.is(.closeBracket) || token.is(.closeBrace))
  }

  /// Whether the line goes on after it.
  var continuesLine: Bool { role != .word && token.continuesLine }

  var bracketChange: Int { opens ? 1 : closes ? -1 : 0 }

  /// How willingly a line breaks after this word, 0 most; nil if never.
  var breakRank: Int? {
    if token.is(.comma) || token.is(.pipe) { return 0 }
    return role != .word && (token.is(.and) || token.is(.or)) ? 1 : nil
  }

  private static func isSpaced(_ previous: FormattedWord, _ token: Token, _ role: TokenRole) -> Bool {
    if previous.opens || previous.role == .prefix || role == .call { return false }
    if role != .block, token.is(.closeParenthesis) || token.is(.closeBracket) || token.is(.closeBrace) { return false }
    if token.is(.comma) || token.is(.colon) { return false }
    if token.is(.dot) { return previous.isNumber }  // `5.auc` would be a malformed number
    return !token.is(.range) && !previous.token.is(.range) && !previous.token.is(.dot)
  }

  private var isNumber: Bool {
    guard case .literal = token.kind else { return false }
    return true
  }
}
