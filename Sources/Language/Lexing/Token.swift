import Diagnostics

/// One word, number, text, sign or line end of a script.
public struct Token: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case name(String, isQuoted: Bool)
    case keyword(Keyword)
    case literal(Literal)
    case symbol(Symbol)
    /// One or more line ends with the comments between them. `isBreak` if a blank line or a cell mark is among them:
    /// no statement goes on past it.
    case newline(isBreak: Bool)
    /// Bytes that make no token; the lexer reported them.
    case invalid
    case end
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A word that is never a name in an expression, unless back-quoted. It may still name a column, an option or a key
/// where nothing else can stand.
public enum Keyword: String, Sendable, CaseIterable {
  case and, or, not, `in`, `if`, then, `else`, `true`, `false`, missing
}

/// A sign of the grammar; the raw value is its spelling.
public enum Symbol: String, Sendable, CaseIterable {
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
  case comma = ","
  case colon = ":"
  case assign = "="
  case pipe = "|>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case tilde = "~"
  case range = ".."
  case dot = "."
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  /// No sign of the grammar: where it stands between two values, a report says what is written here.
  case percent = "%"
  case doubleSlash = "//"
  case caret = "^"
}

extension Token {
  /// The binary operator that this token spells, if it spells one. `..` is not among them.
  public var binaryOperator: BinaryOperator? {
    switch kind {
    case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
    case .keyword(let keyword): BinaryOperator(rawValue: keyword.rawValue)
    default: nil
    }
  }

  /// Whether the line goes on after this token, as after `, = : |> then else not` or a binary operator.
  public var continuesLine: Bool {
    switch kind {
    case .symbol(.comma), .symbol(.assign), .symbol(.colon), .symbol(.pipe), .symbol(.range): true
    case .keyword(.then), .keyword(.else), .keyword(.not): true
    default: binaryOperator != nil
    }
  }

  public var isLineEnd: Bool {
    switch kind {
    case .newline, .end: true
    default: false
    }
  }

  public func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

  public func `is`(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  /// Whether it is the plain word `word`, not in back quotes.
  public func `is`(word: String) -> Bool { kind == .name(word, isQuoted: false) }
}
