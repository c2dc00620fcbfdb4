import Diagnostics
import Language

/// Where in a script the cursor stands, from the tokens before it alone: the text need not be finished or sound.
struct CursorContext {
  /// What the word at the cursor begins with and is not closed by.
  enum Quote {
    case text, name
    /// What completes no word: a raw text, a stray sign.
    case other

    /// The byte that closes it.
    var sign: UInt8? {
      switch self {
      case .text: UInt8(ascii: "\"")
      case .name: UInt8(ascii: "`")
      case .other: nil
      }
    }
  }

  /// The start of the word at the cursor, with its quote; the cursor where none has been begun.
  let wordStart: Int
  let word: String
  let quote: Quote?
  /// Byte offset at which the stage or statement begins.
  let stageStart: Int
  /// Whether the stage begins a statement, and does not follow `|>`.
  let isStatementStart: Bool
  /// The tokens of the stage before the word.
  let stage: [Token]

  init(_ text: String, cursor: Int) {
    let bytes = Array(text.utf8.prefix(max(0, cursor)))
    let source = SourceFile(name: "", text: String(decoding: bytes, as: UTF8.self))
    var sink = DiagnosticSink()
    var tokens = Lexer.tokens(of: source, &sink).tokens.filter { $0.kind != .end }
    quote = Self.quote(tokens.last, source)
    var start = source.bytes.count
    if let last = tokens.last, last.range.end == start, last.isWord {
      start = last.range.start
      tokens.removeLast()
    }
    wordStart = start
    word = source[SourceRange(start, source.bytes.count)]
    let place = Self.stagePlace(tokens)
    stage = Array(tokens[place.index...])
    isStatementStart = place.isStatement
    stageStart = stage.first?.range.start ?? start
  }

  private static func quote(_ last: Token?, _ source: SourceFile) -> Quote? {
    guard let last, last.kind == .invalid, last.range.end == source.bytes.count else { return nil }
    switch source.bytes[last.range.start] {
    case UInt8(ascii: "\""): return .text
    case UInt8(ascii: "`"): return .name
    default: return .other
    }
  }

  /// The word without the quote that it begins with.
  var unquotedWord: Substring { quote?.sign == nil ? word[...] : word.dropFirst() }

  /// The index of the first token of the stage that the last token belongs to.
  private static func stagePlace(_ tokens: [Token]) -> (index: Int, isStatement: Bool) {
    var place = (index: 0, isStatement: true)
    var depth = 0
    var isDefine = false
    for (index, token) in tokens.enumerated() {
      if index == place.index { isDefine = place.isStatement && token.is(word: "define") }
      switch token.kind {
      case .symbol(.openBrace) where isDefine && depth == 0: place = (index + 1, true)
      case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): depth += 1
      case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): depth = max(0, depth - 1)
      case .symbol(.pipe) where depth == 0: place = (index + 1, false)
      case .newline(let isBreak):
        if isBreak { depth = 0 }
        let goesOn = index > 0 && tokens[index - 1].continuesLine && !isBreak
        if depth == 0, !goesOn { place = (index + 1, true) }
      default: break
      }
    }
    return place
  }

  // MARK: Inside the stage

  /// The first word of the stage: its verb.
  var verb: String? { stage.first?.name }

  /// The brackets that are open at the cursor, outermost first, as indices into `stage`.
  var openBrackets: [Int] {
    var open: [Int] = []
    for (index, token) in stage.enumerated() {
      switch token.kind {
      case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): open.append(index)
      case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): _ = open.popLast()
      default: break
      }
    }
    return open
  }

  /// The tokens of the argument at the cursor, after its verb or the bracket it stands in and the last comma there.
  func argument(after start: Int) -> [Token] {
    var depth = 0
    var first = start + 1
    for index in stage.indices.dropFirst(start + 1) {
      switch stage[index].kind {
      case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): depth += 1
      case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): depth -= 1
      case .symbol(.comma) where depth == 0: first = index + 1
      default: break
      }
    }
    return first < stage.count ? stage[first...].filter { !$0.isLineEnd } : []
  }

  /// The options that the stage has been given so far.
  var givenOptions: Set<String> {
    Set(zip(stage, stage.dropFirst()).compactMap { $1.is(.colon) ? $0.name : nil })
  }
}

extension Token {
  var name: String? { if case .name(let text, _) = kind { text } else { nil } }

  /// Whether it is a word that the cursor may be in the middle of.
  fileprivate var isWord: Bool {
    switch kind {
    case .name(_, let isQuoted): !isQuoted
    case .keyword, .invalid: true
    default: false
    }
  }

  /// Whether a value ends here, after which no name can follow.
  var endsValue: Bool {
    switch kind {
    case .name, .literal, .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): true
    default: false
    }
  }
}
