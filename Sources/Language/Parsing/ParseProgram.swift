import Diagnostics

extension Parser {
  mutating func parseProgram() -> Program {
    skipLineEnds()
    var program = Program(statements: [])
    if current.is(word: "mlp"), !beginsExpression {
      program.edition = parseEdition()
      // Another edition has another grammar: its errors here would mean nothing.
      if let edition = program.edition, edition.number != Edition.current { return program }
    }
    while true {
      skipLineEnds()
      if current.kind == .end { return program }
      program.statements.append(parseStatement())
    }
  }

  private mutating func parseEdition() -> Edition? {
    let start = current.range
    advance()
    guard case .literal(.int(let number)) = current.kind else {
      sink.report(.badEdition, "'mlp' names no edition", at: start, label: "write 'mlp \(Edition.current)'")
      recover(from: 0, atIndentation: 0)
      return nil
    }
    let edition = Edition(Int(clamping: number), at: start.union(current.range))
    advance()
    if edition.number != Edition.current {
      sink.report(
        .badEdition, "this build reads edition \(Edition.current), not \(edition.number)", at: edition.range,
        label: "write 'mlp \(Edition.current)'")
    } else if !current.isLineEnd {
      _ = unexpected("the end of the line")
      recover(from: index, atIndentation: 0)
    }
    return edition
  }

  /// One statement, or `.error` after skipping to the next unindented line that starts one.
  private mutating func parseStatement() -> Statement {
    let first = index
    do throws(Halt) {
      return try parseTopLevelStatement()
    } catch {
      leaveNesting()
      isInDefine = false
      recover(from: first, atIndentation: 0)
      return Statement(.error, at: SourceRange(tokens[first].range.start, endOfPrevious))
    }
  }

  mutating func leaveNesting() {
    openBrackets.removeAll(keepingCapacity: true)
    depth = 0
  }

  private mutating func parseTopLevelStatement() throws(Halt) -> Statement {
    let start = current.range.start
    let kind: Statement.Kind
    if current.is(word: "param") {
      kind = .param(try parseParam())
    } else if current.is(word: "define") {
      kind = .define(try parseDefine())
    } else if current.is(word: "use") {
      kind = .use(try parseUse())
    } else {
      kind = try parseLetOrPipeline()
    }
    try expectStatementEnd()
    return Statement(kind, at: SourceRange(start, endOfPrevious))
  }

  mutating func parseLetOrPipeline() throws(Halt) -> Statement.Kind {
    if current.is(word: "mlp"), case .literal(.int) = next.kind {
      sink.report(.badEdition, "the edition stands at the top of a script", at: current.range)
      throw Halt()
    }
    if current.is(word: "let") { return try parseLet() }
    try refuseImport()
    if beginsAssignment { return try parseAssignment() }
    return .pipeline(try parsePipeline())
  }

  func isStatementEnd(_ token: Token) -> Bool {
    token.isLineEnd || (isInDefine && token.is(.closeBrace))
  }

  mutating func expectStatementEnd() throws(Halt) {
    guard isStatementEnd(current) else { throw unexpected("the end of the statement") }
  }

  // MARK: Recovery

  /// Skips to the next line that starts a statement and is indented no further than `limit`.
  mutating func recover(from first: Int, atIndentation limit: Int) {
    if index == first, current.kind != .end { index += 1 }
    while current.kind != .end {
      if let indentation = indentationOfLine, indentation <= limit, startsStatement(current) { return }
      index += 1
    }
  }

  /// The white space before the current token, in bytes, if it is the first on its line.
  var indentationOfLine: Int? {
    guard let previous, case .newline = previous.kind else { return index == 0 ? 0 : nil }
    return current.range.start - previous.range.end
  }

  private func startsStatement(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .literal, .symbol(.pipe), .symbol(.openBracket), .symbol(.openParenthesis), .symbol(.openBrace),
      .symbol(.minus), .keyword(.if), .keyword(.not), .keyword(.true), .keyword(.false), .keyword(.missing):
      true
    case .symbol(.closeBrace): isInDefine
    default: false
    }
  }
}
