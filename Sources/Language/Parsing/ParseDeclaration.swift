import Diagnostics

extension Parser {
  /// `param NAME = expr`
  mutating func parseParam() throws(Halt) -> ParamDeclaration {
    advance()
    let name = try expectName("the param's name")
    try expect(.assign, "'=' and the param's value")
    return ParamDeclaration(name, try parseExpression())
  }

  /// `let NAME = expr` or `let NAME(a, b) = expr`
  mutating func parseLet() throws(Halt) -> Statement.Kind {
    let start = current.range
    advance()
    let name = try expectName("the let's name")
    let parameters = current.is(.openParenthesis) ? try parseParameters() : nil
    try expect(.assign, parameters == nil ? "'=' and the let's value" : "'=' and the function's body")
    if parameters == nil, let flow = try parseLetOfFlow(name, from: start) { return flow }
    return .let(LetDeclaration(name, parameters: parameters, try parseExpression()))
  }

  private mutating func parseParameters() throws(Halt) -> [Name] {
    var names: [Name] = []
    open(.call)
    while !current.is(.closeParenthesis) {
      names.append(try expectName("a parameter's name"))
      guard accept(.comma) else { break }
    }
    try close(.closeParenthesis, "',' or ')' after a parameter")
    return names
  }

  /// `use STRING`
  mutating func parseUse() throws(Halt) -> UseDeclaration {
    advance()
    guard case .literal(.text(let path)) = current.kind else { throw unexpected("a file's name in double quotes") }
    let range = current.range
    advance()
    return UseDeclaration(path, at: range)
  }

  /// `define NAME {, NAME [: expr]} { … }`
  mutating func parseDefine() throws(Halt) -> DefineDeclaration {
    advance()
    let name = try expectName("the name of the new verb")
    var parameters: [DefineParameter] = []
    while accept(.comma) {
      let parameter = try expectName("a parameter's name")
      let defaultValue = accept(.colon) ? try parseExpression() : nil
      parameters.append(DefineParameter(parameter, defaultValue: defaultValue))
    }
    guard current.is(.openBrace) else {
      throw unexpected(parameters.isEmpty ? "',' and a parameter, or '{'" : "',' or '{' after a parameter")
    }
    return DefineDeclaration(name, parameters: parameters, body: try parseBody())
  }

  /// The braces of a `define` and what stands between them. Line ends count inside.
  private mutating func parseBody() throws(Halt) -> [Statement] {
    let brace = index
    roles[index] = .block
    isInDefine = true
    advance()
    var body: [Statement] = []
    while true {
      skipLineEnds()
      if current.is(.closeBrace) { break }
      if current.kind == .end || beginsDeclarationOfFile { throw unclosedBody(tokens[brace].range) }
      body.append(try parseBodyStatement(brace: brace))
    }
    isInDefine = false
    roles[index] = .block
    advance()
    return body
  }

  /// Whether a statement begins here that cannot stand in a `define`: most likely its `}` was forgotten.
  private var beginsDeclarationOfFile: Bool {
    guard indentationOfLine != nil, case .name = next.kind else { return false }
    return current.is(word: "define") || current.is(word: "param")
  }

  private mutating func unclosedBody(_ brace: SourceRange) -> Halt {
    if current.kind == .end { endedUnfinished = true }
    sink.report(
      .unfinishedLine, "the body of this 'define' does not end", at: brace, label: "no '}' for it",
      help: ["a body holds lets and pipelines, and ends with '}'"])
    return Halt()
  }

  private mutating func parseBodyStatement(brace: Int) throws(Halt) -> Statement {
    let first = index
    let indentation = indentationOfLine
    do throws(Halt) {
      let kind = try parseLetOrPipeline()
      try expectStatementEnd()
      return Statement(kind, at: SourceRange(tokens[first].range.start, endOfPrevious))
    } catch {
      // Without a line of its own there is nowhere in the body to go on.
      guard let indentation else { throw error }
      leaveNesting()
      recover(from: first, atIndentation: indentation)
      return Statement(.error, at: SourceRange(tokens[first].range.start, endOfPrevious))
    }
  }
}
