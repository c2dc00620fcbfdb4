import Diagnostics

/// A sign of another language, what it means here, and the token it stands for so that parsing goes on.
private struct ForeignSign {
  let spelling: String
  /// Nil where the parser reports it, which knows what stands beside it.
  let label: String?
  let kind: Token.Kind

  init(_ spelling: String, _ label: String?, _ kind: Token.Kind) {
    self.spelling = spelling
    self.label = label
    self.kind = kind
  }

  /// What is written instead, where it is one word or sign whatever is meant.
  var written: String? {
    switch kind {
    case .keyword(let keyword): keyword.rawValue
    // A bar may be meant for 'or', and a name before '$' is left out with it.
    case .symbol(let symbol) where spelling != "|" && spelling != "$": symbol.rawValue
    default: nil
    }
  }
}

/// Longest first: the first that fits is taken.
private let foreignSigns: [ForeignSign] = [
  ForeignSign("%in%", "write 'in'", .keyword(.in)),
  ForeignSign("===", "write '=='", .symbol(.equal)),
  ForeignSign("!==", "write '!='", .symbol(.notEqual)),
  ForeignSign("...", "write '..'; both ends are included", .symbol(.range)),
  ForeignSign("..<", "write '..'; both ends are included", .symbol(.range)),
  ForeignSign("%>%", "write '|>'", .symbol(.pipe)),
  ForeignSign("&&", "write 'and'", .keyword(.and)),
  ForeignSign("||", "write 'or'", .keyword(.or)),
  ForeignSign("**", "write '^'", .symbol(.caret)),
  ForeignSign("<>", "write '!='", .symbol(.notEqual)),
  ForeignSign(":=", "write '='", .symbol(.assign)),
  ForeignSign("%%", nil, .symbol(.percent)),
  ForeignSign("&", "write 'and'", .keyword(.and)),
  ForeignSign("|", "write '|>' between stages, 'or' in a condition", .symbol(.pipe)),
  ForeignSign("!", "write 'not'", .keyword(.not)),
  ForeignSign("$", "write the column's name alone", .symbol(.dot)),
  ForeignSign(";", "a statement ends with its line", .newline(isBreak: false)),
  ForeignSign("?", "write 'if a then b else c'", .invalid),
  ForeignSign("≠", "write '!='", .symbol(.notEqual)),
  ForeignSign("≤", "write '<='", .symbol(.lessOrEqual)),
  ForeignSign("≥", "write '>='", .symbol(.greaterOrEqual)),
]

extension Lexer {
  private func foreignSignHere() -> ForeignSign? {
    foreignSigns.first { bytes[index...].starts(with: $0.spelling.utf8) }
  }

  /// Whether a foreign sign begins here that holds more than the symbol of `length` bytes: `===` is not `==` and `=`.
  func startsForeignSign(longerThan length: Int) -> Bool {
    // Only these second bytes make a longer sign; the table is not searched at every bracket and comma.
    let seconds = [UInt8(ascii: "="), .dot, UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "i")]
    guard seconds.contains(byteAhead(1)) else { return false }
    guard let sign = foreignSignHere() else { return false }
    return sign.spelling.utf8.count > length
  }

  /// A sign that another language has: reported with what to write instead.
  mutating func scanForeignSign() -> Bool {
    guard let sign = foreignSignHere() else { return false }
    let start = index
    index += sign.spelling.utf8.count
    if let label = sign.label {
      let range = SourceRange(start, index)
      sink.report(
        .otherLanguage, "'\(sign.spelling)' is not a sign of this language", at: range, label: label,
        rewrite: sign.written.map { Rewrite(range, apart($0, at: range)) })
    }
    append(sign.kind, from: start)
    return true
  }

  /// A word with blanks where it would touch what stands beside it; a sign as it is.
  func apart(_ written: String, at range: SourceRange) -> String {
    guard written.first?.isLetter ?? false else { return written }
    let blanks: [UInt8] = [.space, .tab, .lineFeed, .carriageReturn]
    let touchesLeft = range.start > 0 && !blanks.contains(bytes[range.start - 1])
    let touchesRight = range.end < bytes.count && !blanks.contains(bytes[range.end])
    return (touchesLeft ? " " : "") + written + (touchesRight ? " " : "")
  }

  /// `'text'`: reported, and taken as text.
  mutating func scanForeignText() {
    let start = index
    index += 1
    while index < bytes.count, bytes[index] != .lineFeed, bytes[index] != .singleQuote { index += 1 }
    let isClosed = index < bytes.count && bytes[index] == .singleQuote
    let content = text(from: start + 1, to: index)
    index = isClosed ? index + 1 : start + 1
    let range = SourceRange(start, index)
    sink.report(
      .otherLanguage, "text stands in double quotes", at: range, label: isClosed ? nil : "write \"…\"",
      rewrite: isClosed ? Rewrite(range, LiteralPrinter.text(.text(content))) : nil)
    append(isClosed ? .literal(.text(content)) : .invalid, from: start)
  }

  func describeUnexpected(_ shown: String) -> (message: String, label: String?) {
    switch shown {
    case "\u{201C}", "\u{201D}", "\u{201E}": ("curly quotes do not hold text", "write straight quotes: \"…\"")
    case "\u{2018}", "\u{2019}": ("curly quotes do not hold text", "write straight double quotes: \"…\"")
    case "\u{A0}": ("a no-break space stands between words", "write a plain space")
    case "\u{2013}", "\u{2014}", "\u{2212}": ("'\(shown)' is not a minus sign", "write '-'")
    case "\r": ("a carriage return stands without a line feed", "end lines with a line feed")
    case "\\": ("a backslash stands outside a text", "lines go on after a comma or an operator, without a sign")
    default: ("unexpected character '\(printable(shown))'", nil)
    }
  }

  /// A control or format character by its number; it would spoil the screen.
  private func printable(_ shown: String) -> String {
    guard let scalar = shown.unicodeScalars.first else { return "" }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
      return "U+" + String(scalar.value, radix: 16, uppercase: true)
    default: return shown
    }
  }
}
