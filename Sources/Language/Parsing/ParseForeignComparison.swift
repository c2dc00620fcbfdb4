import Diagnostics

/// Comparisons of other languages, taken as they are meant after a report that says what is written here.
extension Parser {
  private static let words: Set<String> = ["is", "like", "ilike", "between", "isin", "contains"]

  /// `x is not missing`, `x not in [a]`, `x between a and b`, `x like "a%"`, `x isin [a]`, `x contains "a"` behind their left side; nil,
  /// with nothing read, for anything else.
  mutating func parseForeignComparison(_ left: Expr, from start: Int) throws(Halt) -> Expr? {
    var isNegated = current.is(.not) || current.is(word: "NOT")
    guard let word = foreignComparison(isNegated ? next : current, isNegated: isNegated) else { return nil }
    if isNegated { advance() }
    advance()
    if word == "is", current.is(.not) || current.is(word: "NOT") {
      isNegated = true
      advance()
    }
    let kind = try mended(word, left)
    let mended: Expr
    if case .binary(.equal, let value, let other) = kind, isNegated {
      mended = try node(.binary(.notEqual, value, other), from: start)
    } else {
      let positive = try node(kind, from: start)
      mended = isNegated ? try node(.unary(.not, positive), from: start) : positive
    }
    sink.report(
      .otherLanguage, "'\(isNegated && word != "is" ? "not " : "")\(word)' is not an operator", at: mended.range,
      rewrite: Rewrite(mended.range, SyntaxPrinter.text(mended)))
    return mended
  }

  /// Whether a statement begins with `age is missing`, `name like "a%"` or `age between 3 and 5`, and not with a verb whose first
  /// argument is a column of such a name.
  var beginsForeignComparison: Bool {
    guard index + 2 < tokens.count, case .name(let word, isQuoted: false) = tokens[index + 1].kind else { return false }
    switch (word.lowercased(), tokens[index + 2].kind) {
    case ("is", .keyword(.missing)), ("is", .keyword(.not)): return true
    case ("is", .name(let other, isQuoted: false)): return foreignWords[other] != nil || other == "NOT"
    case ("like", .literal(.text)), ("ilike", .literal(.text)), ("between", .literal), ("isin", .symbol(.openBracket)):
      return true
    default: return false
    }
  }

  /// The word of another language's comparison; `in` is one behind `not` alone.
  private func foreignComparison(_ token: Token, isNegated: Bool) -> String? {
    if isNegated, token.is(.in) { return "in" }
    guard case .name(let word, isQuoted: false) = token.kind else { return nil }
    return Self.words.contains(word.lowercased()) ? word.lowercased() : nil
  }

  private mutating func mended(_ word: String, _ left: Expr) throws(Halt) -> Expr.Kind {
    switch word {
    case "between":
      let low = try parseBound()
      guard accept(.and) || accept(.comma) || acceptWord("AND") else { throw unexpected("'and' and the greater bound") }
      return .binary(.contains, left, Expr(.range(low, try parseBound())))
    case "is":
      if let word = parseForeignWord() { return .binary(.equal, left, word) }
      return .binary(.equal, left, try parseOperand())
    case "contains": return .call(Call(Name("contains"), [left, try parseOperand()]))
    case "like", "ilike":
      let pattern = try parseOperand()
      guard case .literal(.text(let text)) = pattern.kind else { return .binary(.matches, left, pattern) }
      return Self.like(left, text)
    default: return .binary(.contains, left, try parseOperand())
    }
  }

  /// `null`, `NA` and their like, where they are the right side of a comparison that is mended as a whole.
  private mutating func parseForeignWord() -> Expr? {
    guard case .name(let word, isQuoted: false) = current.kind, let literal = foreignWords[word] else { return nil }
    let range = current.range
    advance()
    return Expr(.literal(literal), at: range)
  }

  private mutating func acceptWord(_ word: String) -> Bool {
    guard current.is(word: word) else { return false }
    advance()
    return true
  }

  /// What a pattern of SQL asks of a text: `%` stands for any characters, `_` for one.
  private static func like(_ value: Expr, _ pattern: String) -> Expr.Kind {
    let inner = pattern.drop { $0 == "%" }.reversed().drop { $0 == "%" }.reversed()
    let text = String(inner)
    let (isOpenBefore, isOpenAfter) = (pattern.hasPrefix("%"), pattern.hasSuffix("%"))
    guard !text.isEmpty, !text.contains("%"), !text.contains("_") else {
      return .binary(.matches, value, Expr(.literal(.text(expression(of: pattern)))))
    }
    let literal = Expr(.literal(.text(text)))
    switch (isOpenBefore, isOpenAfter) {
    case (false, false): return .binary(.equal, value, literal)
    case (true, true): return .call(Call(Name("contains"), [value, literal]))
    case (false, true): return .call(Call(Name("starts_with"), [value, literal]))
    case (true, false): return .call(Call(Name("ends_with"), [value, literal]))
    }
  }

  private static func expression(of pattern: String) -> String {
    let parts = pattern.map { character in
      switch character {
      case "%": ".*"
      case "_": "."
      case ".", "\\", "(", ")", "[", "]", "{", "}", "+", "*", "?", "^", "$", "|": "\\\(character)"
      default: String(character)
      }
    }
    return "^" + parts.joined() + "$"
  }
}
