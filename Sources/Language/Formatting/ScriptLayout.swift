import Diagnostics
import Notation

/// Sets the items of a script into lines: statements, comments, blank lines, and the bodies of `define`.
struct ScriptLayout {
  private var lines: [FormattedLine] = []
  /// The words of the statement that is being read.
  private var statement: [FormattedWord] = []
  /// Comments on lines of their own that wait for the next word of the statement.
  private var waitingComments: [String] = []
  private var openBrackets = 0
  /// Whether the statement stands in the body of a `define`, which always has lines of its own.
  private var isInBody = false

  private var indentation: Int { isInBody ? Formatter.indentation : 0 }

  private var statementGoesOn: Bool {
    guard let last = statement.last else { return false }
    return openBrackets > 0 || last.continuesLine
  }

  mutating func add(_ item: FormattingItem) {
    switch item.content {
    case .comment(let comment): add(comment, item)
    case .word(let token, let role): add(token, role, item)
    }
  }

  private mutating func add(_ comment: Comment, _ item: FormattingItem) {
    if item.lineEndsBefore == 0, !comment.ownsLine {
      if statement.isEmpty, !lines.isEmpty {
        // After the opening brace of a body: its line is already set.
        lines[lines.count - 1].comment = item.text
      } else if !statement.isEmpty {
        statement[statement.count - 1].comment = item.text
      }
    } else if statementGoesOn {
      waitingComments.append(item.text)
    } else {
      endStatement()
      addBlankLine(item)
      lines.append(FormattedLine(indentation: comment.isCellMark ? 0 : indentation, code: "", comment: item.text))
    }
  }

  private mutating func add(_ token: Token, _ role: TokenRole, _ item: FormattingItem) {
    let closesBody = isInBody && role == .block
    if closesBody || (item.lineEndsBefore > 0 && !statementGoesOn) { endStatement() }
    if closesBody { isInBody = false }
    if statement.isEmpty, !closesBody { addBlankLine(item) }
    var word = FormattedWord(token, role, item, after: statement.last)
    word.commentsBefore = waitingComments
    waitingComments = []
    statement.append(word)
    openBrackets += word.bracketChange
    if role == .block, token.is(.openBrace) {
      endStatement()
      isInBody = true
    }
  }

  private mutating func addBlankLine(_ item: FormattingItem) {
    guard item.lineEndsBefore > 1, let last = lines.last, !last.opensBody else { return }
    lines.append(.blank)
  }

  private mutating func endStatement() {
    guard let last = statement.last else { return }
    var breaker = LineBreaker(statement, indentation: indentation)
    lines += breaker.lines()
    statement = []
    openBrackets = 0
    if last.role == .block, last.token.is(.openBrace) { lines[lines.count - 1].opensBody = true }
  }

  mutating func finish() -> String {
    endStatement()
    alignComments(&lines)
    return lines.map { $0.text + "\n" }.joined()
  }
}

/// One line of the result: code, a comment, or both.
struct FormattedLine {
  static let blank = FormattedLine(indentation: 0, code: "", comment: nil)

  var indentation: Int
  var code: String
  var comment: String?
  /// The column where a comment after code stands.
  var commentColumn = 0
  var opensBody = false

  var isBlank: Bool { code.isEmpty && comment == nil }

  var codeWidth: Int { indentation + TextWidth.of(code) }

  var text: String {
    let start = isBlank ? "" : String(repeating: " ", count: indentation)
    guard let comment else { return start + code }
    if code.isEmpty { return start + comment }
    return start + code + String(repeating: " ", count: max(2, commentColumn - codeWidth)) + comment
  }
}

/// Comments after code on neighbouring lines stand below one another.
private func alignComments(_ lines: inout [FormattedLine]) {
  var start = 0
  while start < lines.count {
    var end = start
    var column = 0
    while end < lines.count, lines[end].comment != nil, !lines[end].code.isEmpty {
      column = max(column, lines[end].codeWidth + 2)
      end += 1
    }
    // A long line would push the comments of its neighbours off the screen.
    if column <= Formatter.width { for index in start..<end { lines[index].commentColumn = column } }
    start = max(end, start + 1)
  }
}
