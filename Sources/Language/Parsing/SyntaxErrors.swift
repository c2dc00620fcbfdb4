import Diagnostics
import Notation

/// The wording of syntax errors, with hints for the habits of other languages.
extension Parser {
  /// Reports that something else was found where `expected` should stand, and gives the error to throw.
  mutating func unexpected(_ expected: String) -> Halt {
    switch current.kind {
    case .invalid: break
    case .newline, .end: reportLineEnd(expected)
    case .symbol(.assign): reportAssignment()
    default:
      if !reportHabit() {
        let message = "expected \(expected), found \(describe(current))"
        sink.report(.unexpectedToken, message, at: current.range, label: misplacementHint, help: wordsHint)
      }
    }
    return Halt()
  }

  private mutating func reportLineEnd(_ expected: String) {
    if let bracket = openBrackets.last {
      if current.kind == .end { endedUnfinished = true }
      sink.report(
        .unfinishedLine, "this bracket is not closed before the \(lineEndName)", at: bracket,
        label: "still open", help: ["expected \(expected)"])
    } else if let position = lastBeforeLineEnd, continuesLine(position) {
      let last = tokens[position]
      if current.kind == .end { endedUnfinished = true }
      sink.report(
        .unfinishedLine, "the line goes on after \(describe(last)), but the \(lineEndName) follows", at: last.range,
        label: "expected \(expected)")
    } else {
      let place = lastBeforeLineEnd.map { tokens[$0].range.end } ?? current.range.start
      sink.report(
        .unexpectedToken, "expected \(expected), found the end of the line", at: SourceRange(place, place))
    }
  }

  /// What cuts the line off. A plain line end does so only where the line could not go on.
  private var lineEndName: String {
    switch current.kind {
    case .newline(isBreak: true): "next blank line or cell"
    case .newline: "end of the line"
    default: "end of the text"
    }
  }

  private var lastBeforeLineEnd: Int? {
    var last = index - 1
    while last >= 0, tokens[last].isLineEnd { last -= 1 }
    return last >= 0 ? last : nil
  }

  private mutating func reportAssignment() {
    sink.report(
      .assignmentInExpression, "'=' gives a column or a let its value", at: current.range, label: "compare with '=='")
  }

  // MARK: Habits of other languages

  private mutating func reportHabit() -> Bool {
    if current.is(.colon), previous?.kind == .symbol(.closeParenthesis) {
      return habit("a ':' does not begin a body", "write let f(x) = …")
    }
    guard case .name(let word, false) = current.kind else { return false }
    switch word {
    case "elif", "elseif", "elsif": return habit("'\(word)' is not a word of this language", "write 'else if'")
    default: return false
    }
  }

  private mutating func habit(_ message: String, _ label: String) -> Bool {
    sink.report(.otherLanguage, message, at: current.range, label: label)
    return true
  }

  mutating func subscripting(at range: SourceRange) -> Halt {
    sink.report(
      .otherLanguage, "values have no subscripts", at: range,
      label: "name the column alone; 'select' chooses columns, 'filter' rows")
    return Halt()
  }

  mutating func positionalAfterOption(_ argument: Expr) -> Halt {
    sink.report(
      .unexpectedToken, "an argument without a name stands after an option", at: argument.range,
      label: "options come last")
    return Halt()
  }

  // MARK: Naming what was found

  private func describe(_ token: Token) -> String {
    switch token.kind {
    case .name(let text, _): "'\(text)'"
    case .keyword(let keyword): "'\(keyword.rawValue)'"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .literal(.text): "a text"
    case .literal(.int), .literal(.float): "a number"
    case .literal: "a date"
    case .newline, .invalid: "the end of the line"
    case .end: "the end of the text"
    }
  }

  private var misplacementHint: String? {
    if !openBrackets.isEmpty, indentationOfLine != nil { return "a bracket before it is not closed" }
    return switch current.kind {
    case .keyword(.if): "put 'if … then … else …' in parentheses here"
    case .keyword(.not): "put 'not …' in parentheses here"
    case .keyword(let keyword): "a column of that name stands in back quotes: `\(keyword.rawValue)`"
    case .name where previous.map(endsValue) ?? false: "a comma or an operator is missing before it"
    default: nil
    }
  }

  /// Two words side by side may be one name, as in `Sale Price`.
  private var wordsHint: [String] {
    guard case .name(let second, false) = current.kind, case .name(let first, false)? = previous?.kind,
      let before = index >= 2 ? tokens[index - 2].kind : nil
    else { return [] }
    switch before {
    case .name, .symbol(.comma), .symbol(.openBracket), .keyword:
      return ["a name of several words stands in back quotes: `\(first) \(second)`"]
    default: return []
    }
  }

  private func endsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .literal, .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): true
    default: false
    }
  }
}
