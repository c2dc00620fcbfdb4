import Diagnostics

/// Cuts a script into tokens and comments, in one pass over its bytes; what makes no token is reported and skipped.
public struct Lexer {
  let bytes: [UInt8]
  var index = 0
  var tokens: [Token] = []
  var comments: [Comment] = []
  var sink: DiagnosticSink

  private init(_ source: SourceFile, _ sink: DiagnosticSink) {
    bytes = source.bytes
    self.sink = sink
  }

  /// The tokens of a script, the last of which is `end`, and its comments. Linear in the size of the script.
  public static func tokens(
    of source: SourceFile, _ sink: inout DiagnosticSink
  ) -> (tokens: [Token], comments: [Comment]) {
    var lexer = Lexer(source, sink)
    lexer.run()
    sink = lexer.sink
    return (lexer.tokens, lexer.comments)
  }

  private mutating func run() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    while index < bytes.count { scanToken() }
    tokens.append(Token(.end, at: SourceRange(bytes.count, bytes.count)))
  }

  private mutating func scanToken() {
    let byte = bytes[index]
    switch byte {
    case .space, .tab: index += 1
    case .lineFeed: scanLineEnds()
    case .carriageReturn where byteAhead(1) == .lineFeed: index += 1
    case .hash: scanComment(ownsLine: tokens.last?.isLineEnd ?? true)
    case .doubleQuote: scanText()
    case .backQuote: scanQuotedName()
    case .singleQuote: scanForeignText()
    case .at: scanDate()
    case UInt8(ascii: "r") where byteAhead(1) == .doubleQuote: scanRawText()
    case _ where byte.isDigit: scanNumber()
    case .dot where byteAhead(1).isDigit && tokens.last?.range.end != index: scanFraction()
    case _ where byte.isAsciiNameStart || (byte >= 0x80 && startsName(index)): scanName()
    case UInt8(ascii: "%") where scanPercentage(): break
    default: if !scanSymbol() && !scanForeignSign() { scanUnexpected() }
    }
  }

  /// The byte so many places on; 0 past the end.
  func byteAhead(_ distance: Int) -> UInt8 {
    index + distance < bytes.count ? bytes[index + distance] : 0
  }

  func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind, at: SourceRange(start, index)))
  }

  // MARK: Line ends and comments

  /// One token for a whole run of line ends, blank lines and lines that hold only a comment.
  private mutating func scanLineEnds() {
    let start = index
    index += 1
    var lineStart = index
    var isBreak = false
    while index < bytes.count {
      skipBlanks()
      if index < bytes.count, bytes[index] == .hash {
        scanComment(ownsLine: true)
        if comments.last?.isCellMark == true { isBreak = true }
      } else if index < bytes.count, bytes[index] == .lineFeed {
        isBreak = true
      } else {
        break
      }
      if index < bytes.count { index += 1 }
      lineStart = index
    }
    tokens.append(Token(.newline(isBreak: isBreak), at: SourceRange(start, lineStart)))
  }

  private mutating func skipBlanks() {
    while index < bytes.count {
      switch bytes[index] {
      case .space, .tab: index += 1
      case .carriageReturn where byteAhead(1) == .lineFeed: index += 1
      default: return
      }
    }
  }

  private mutating func scanComment(ownsLine: Bool) {
    let start = index
    while index < bytes.count, bytes[index] != .lineFeed { index += 1 }
    var end = index
    while end > start, [.space, .tab, .carriageReturn].contains(bytes[end - 1]) { end -= 1 }
    comments.append(Comment(text(from: start, to: end), at: SourceRange(start, end), ownsLine: ownsLine))
  }

  // MARK: Names and signs

  private mutating func scanName() {
    let start = index
    while index < bytes.count, let length = nameScalarLength(index) { index += length }
    let word = text(from: start, to: index)
    if scanCapitals(word, from: start) { return }
    append(Keyword(rawValue: word).map(Token.Kind.keyword) ?? .name(word, isQuoted: false), from: start)
  }

  private mutating func scanSymbol() -> Bool {
    let start = index
    for length in [2, 1] where index + length <= bytes.count {
      guard let symbol = Symbol(rawValue: text(from: start, to: start + length)) else { continue }
      guard !startsForeignSign(longerThan: length) else { return false }
      index += length
      append(.symbol(symbol), from: start)
      return true
    }
    return false
  }

  // MARK: What makes no token

  /// One report for a whole run of bytes that cannot begin a token: binary data is one error, not thousands.
  private mutating func scanUnexpected() {
    let start = index
    let first = scalarLength(index)
    index += first
    while index < bytes.count, isUnexpected(index) { index += scalarLength(index) }
    let shown = describeUnexpected(text(from: start, to: start + first))
    sink.report(.unexpectedCharacter, shown.message, at: SourceRange(start, start + first), label: shown.label)
    append(.invalid, from: start)
  }

  private func isUnexpected(_ offset: Int) -> Bool {
    let byte = bytes[offset]
    if byte >= 0x80 { return !startsName(offset) }
    if byte == .carriageReturn { return offset + 1 >= bytes.count || bytes[offset + 1] != .lineFeed }
    return byte < 0x20 && byte != .tab && byte != .lineFeed || byte == 0x7F || byte == UInt8(ascii: "\\")
  }

  mutating func reportUnterminated(from start: Int, _ message: String, closing: String) {
    if index > start, bytes[index - 1] == .carriageReturn { index -= 1 }
    sink.report(
      .unterminatedText, message, at: SourceRange(start, index), label: "no closing \(closing) before the line ends")
    append(.invalid, from: start)
  }
}
