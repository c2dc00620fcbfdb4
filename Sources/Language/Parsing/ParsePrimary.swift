import Diagnostics

extension Parser {
  /// A primary with its members: `report.auc`.
  mutating func parsePostfix() throws(Halt) -> Expr {
    let start = current.range.start
    var base = try parsePrimary()
    while current.is(.dot) {
      advance()
      guard let member = currentWord else { throw unexpected("the name of a figure after '.'") }
      roles[index] = .word
      advance()
      if current.is(.openParenthesis), touchesPrevious {
        base = try parseMethodCall(member, of: base)
      } else if let part = try partOfMoment(member, of: base, from: start) {
        base = part
      } else {
        base = try node(.member(base, member), from: start)
      }
    }
    if current.is(.openBracket), touchesPrevious {
      guard let column = try parseColumnOfFrame(base, from: start) else { throw subscripting(at: current.range) }
      base = column
    }
    return base
  }

  private mutating func parsePrimary() throws(Halt) -> Expr {
    let range = current.range
    switch current.kind {
    case .literal(let literal):
      advance()
      return Expr(.literal(literal), at: range)
    case .keyword(let keyword):
      guard let literal = keyword.literal else { throw unexpected("an expression") }
      advance()
      return Expr(.literal(literal), at: range)
    case .name(let text, let isQuoted):
      if !isQuoted, let choice = try parseCaseWhen() { return choice }
      return try parseName(Name(text, at: range), isQuoted: isQuoted)
    case .symbol(.openParenthesis): return try parseParenthesised()
    case .symbol(.openBracket): return try parseList()
    case .symbol(.openBrace): return try parseRecord()
    default: throw unexpected("an expression")
    }
  }

  private mutating func parseName(_ name: Name, isQuoted: Bool) throws(Halt) -> Expr {
    advance()
    if current.is(.openParenthesis) { return try parseCall(name) }
    if !isQuoted, let literal = foreignWords[name.text] {
      let written = SyntaxPrinter.text(literal)
      sink.report(
        .otherLanguage, "'\(name.text)' is a word of another language", at: name.range, label: "write '\(written)'",
        help: ["a column of that name stands in back quotes: `\(name.text)`"])
      return Expr(.literal(literal), at: name.range)
    }
    return Expr(.name(name.text), at: name.range)
  }

  private mutating func parseParenthesised() throws(Halt) -> Expr {
    let start = current.range.start
    open()
    var inner = try parseExpression()
    if current.is(.comma) { return try parseTuple(inner, from: start) }
    try close(.closeParenthesis, "')'")
    inner.isParenthesised = true
    return inner
  }

  /// `(a, b)`, as other languages write a list: reported, and taken as that.
  private mutating func parseTuple(_ first: Expr, from start: Int) throws(Halt) -> Expr {
    var items = [first]
    while accept(.comma), !current.is(.closeParenthesis) { items.append(try parseExpression()) }
    try close(.closeParenthesis, "',' or ')' in a list")
    let list = try node(.list(items), from: start)
    sink.report(
      .otherLanguage, "several values stand in a list", at: list.range,
      rewrite: Rewrite(list.range, SyntaxPrinter.text(list)))
    return list
  }

  private mutating func parseList() throws(Halt) -> Expr {
    let start = current.range.start
    var items: [Expr] = []
    open()
    while !current.is(.closeBracket) {
      items.append(try parseExpression())
      guard accept(.comma) else { break }
    }
    try close(.closeBracket, "',' or ']' in a list")
    return try node(.list(items), from: start)
  }

  private mutating func parseRecord() throws(Halt) -> Expr {
    let start = current.range.start
    var entries: [RecordEntry] = []
    open()
    while !current.is(.closeBrace) {
      entries.append(try parsePair())
      guard accept(.comma) else { break }
    }
    try close(.closeBrace, "',' or '}' in a record")
    return try node(.record(entries), from: start)
  }

  /// `WORD: expr` or `LITERAL: expr`
  private mutating func parsePair() throws(Halt) -> RecordEntry {
    let start = current.range.start
    guard let key = acceptKey() else { return try parseEntry("a key") }
    let range = SourceRange(start, endOfPrevious)
    try expect(.colon, "':' and the value of '\(key.plain)'")
    return RecordEntry(key, at: range, try parseExpression())
  }

  /// A literal before a colon, a number perhaps with a minus sign.
  private mutating func acceptKey() -> Literal? {
    if case .literal(let key) = current.kind {
      advance()
      return key
    }
    guard current.is(.minus), case .literal(let size) = next.kind, let key = size.negated else { return nil }
    roles[index] = .prefix
    advance()
    advance()
    return key
  }

  /// `WORD: expr`
  private mutating func parseEntry(_ expected: String) throws(Halt) -> RecordEntry {
    guard let key = currentWord else { throw unexpected(expected) }
    advance()
    try expect(.colon, "':' and the value of '\(key.text)'")
    return RecordEntry(key, try parseExpression())
  }

  mutating func parseCall(_ name: Name) throws(Halt) -> Expr {
    var call = Call(name)
    open(.call)
    while !current.is(.closeParenthesis) {
      if currentWord != nil, next.is(.colon) {
        call.options.append(try parseEntry("an option"))
      } else {
        let argument = try parseExpression()
        if let option = try optionByEquals(argument) {
          call.options.append(option)
        } else {
          guard call.options.isEmpty else { throw positionalAfterOption(argument) }
          call.arguments.append(argument)
        }
      }
      guard accept(.comma) else { break }
    }
    try close(.closeParenthesis, "',' or ')' in the call of '\(name.text)'")
    return try node(.call(call), from: name.range.start)
  }
}

extension Parser {
  /// `logistic(C=1)`: an option set as other languages set it, taken as it is meant. Nil for another argument.
  private mutating func optionByEquals(_ argument: Expr) throws(Halt) -> RecordEntry? {
    guard current.is(.assign), case .name(let key) = argument.kind, !argument.isParenthesised else { return nil }
    advance()
    let entry = RecordEntry(Name(key, at: argument.range), try parseExpression())
    sink.report(
      .unexpectedArgument, "an option is set with ':'", at: entry.range,
      rewrite: Rewrite(entry.range, "\(SyntaxPrinter.word(key)): \(SyntaxPrinter.text(entry.value))"))
    return entry
  }
}

extension Keyword {
  fileprivate var literal: Literal? {
    switch self {
    case .true: .bool(true)
    case .false: .bool(false)
    case .missing: .missing
    default: nil
    }
  }
}

/// Words for missing, true and false in other languages. As names of columns they need back quotes.
let foreignWords: [String: Literal] = [
  "null": .missing, "NULL": .missing, "Null": .missing, "None": .missing, "NA": .missing, "nil": .missing,
  "NaN": .missing, "True": .bool(true), "TRUE": .bool(true), "False": .bool(false), "FALSE": .bool(false),
]
