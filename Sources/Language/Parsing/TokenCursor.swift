import Diagnostics

/// Walking over the tokens. The cursor steps over a line end where the grammar lets the line go on.
extension Parser {
  var current: Token { tokens[index] }

  /// The token after the current one, past a line end inside brackets.
  var next: Token {
    var following = min(index + 1, tokens.count - 1)
    if !openBrackets.isEmpty, tokens[following].kind == .newline(isBreak: false) {
      following = min(following + 1, tokens.count - 1)
    }
    return tokens[following]
  }

  var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  /// The end of what has been read, without line ends stepped over since.
  var endOfPrevious: Int {
    var last = index - 1
    while last >= 0, tokens[last].isLineEnd { last -= 1 }
    return last >= 0 ? tokens[last].range.end : 0
  }

  mutating func advance() {
    guard index < tokens.count - 1 else { return }
    let goesOn = !openBrackets.isEmpty || continuesLine(index)
    index += 1
    if goesOn, current.kind == .newline(isBreak: false) { index += 1 }
  }

  /// Whether the line goes on after this token.
  func continuesLine(_ position: Int) -> Bool { tokens[position].continuesLine && roles[position] != .word }

  mutating func skipLineEnds() {
    while case .newline = current.kind { index += 1 }
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard current.is(symbol) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard current.is(keyword) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol, _ purpose: String) throws(Halt) {
    guard accept(symbol) else { throw unexpected(purpose) }
  }

  mutating func open(_ role: TokenRole = .plain) {
    roles[index] = role
    openBrackets.append(current.range)
    advance()
  }

  mutating func close(_ symbol: Symbol, _ expected: String, _ role: TokenRole = .plain) throws(Halt) {
    guard current.is(symbol) else { throw unexpected(expected) }
    roles[index] = role
    _ = openBrackets.popLast()
    advance()
  }

  /// A plain or back-quoted name.
  mutating func expectName(_ purpose: String) throws(Halt) -> Name {
    guard case .name(let text, _) = current.kind else { throw unexpected(purpose) }
    let name = Name(text, at: current.range)
    advance()
    return name
  }

  /// Any word, keywords too: the name of an option, of a key or of a member.
  var currentWord: Name? {
    switch current.kind {
    case .name(let text, _): Name(text, at: current.range)
    case .keyword(let keyword): Name(keyword.rawValue, at: current.range)
    default: nil
    }
  }

  /// Whether the current token touches the one before it.
  var touchesPrevious: Bool { previous?.range.end == current.range.start }
}
