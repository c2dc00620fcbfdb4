import Diagnostics

extension Parser {
  mutating func parsePipeline() throws(Halt) -> Pipeline {
    let leadingPipe = accept(.pipe)
    var elements = try parseStart()
    while accept(.pipe) || missesPipe() { elements.append(try parseStageOrNaming()) }
    return Pipeline(leadingPipe: leadingPipe, elements)
  }

  private mutating func parseStart() throws(Halt) -> [PipelineElement] {
    if let selected = try parseSelectFrom() { return selected }
    return try beginsFrameChain ? parseFrameChain() : [parseFirstElement()]
  }

  /// The start of a statement: a name followed by an operator, `.` or a touching `(` begins an expression; a name alone
  /// is a verb or a value; otherwise a name is a verb with its arguments.
  private mutating func parseFirstElement() throws(Halt) -> PipelineElement {
    guard case .name(let text, _) = current.kind else {
      if current.isLineEnd || current.is(.pipe) { throw unexpected("a verb or a value") }
      return .expression(try parseExpression())
    }
    if beginsExpression, let expression = try parseLeadingExpression() { return .expression(expression) }
    if !current.is(word: "as"), next.is(.pipe) || isStatementEnd(next) {
      let range = current.range
      advance()
      return .stage(Stage(Name(text, at: range), isBare: true, at: range))
    }
    return try parseStageOrNaming()
  }

  /// Whether the name here, at the start of a statement, begins an expression.
  var beginsExpression: Bool {
    let after = next
    if after.is(.openParenthesis) { return current.range.end == after.range.start }
    if after.is(.dot) || after.is(.range) { return true }
    if after.is(.percent) || after.is(.not) && index + 2 < tokens.count && tokens[index + 2].is(.in) { return true }
    if beginsForeignComparison { return true }
    guard after.binaryOperator != nil else { return false }
    // A word of the grammar before ':' or '=' is an option or a column.
    guard case .keyword = after.kind, index + 2 < tokens.count else { return true }
    return !tokens[index + 2].is(.colon) && !tokens[index + 2].is(.assign)
  }

  /// The expression that a statement begins with; nil, with nothing read, where `sort -age, fare` turns out to be a verb with its
  /// arguments: after an expression no comma stands.
  private mutating func parseLeadingExpression() throws(Halt) -> Expr? {
    let start = index
    let mayBeVerb = next.is(.minus)
    let expression = try parseExpression()
    guard mayBeVerb, current.is(.comma) else { return expression }
    index = start
    return nil
  }

  /// `load iris as flowers`: reported, and taken as if the sign stood there.
  private mutating func missesPipe() -> Bool {
    guard current.is(word: "as"), case .name = next.kind else { return false }
    sink.report(
      .unexpectedToken, "'as' stands on a line of its own or after '|>'", at: current.range,
      rewrite: Rewrite(current.range, "|> as"))
    return true
  }

  private mutating func parseStageOrNaming() throws(Halt) -> PipelineElement {
    let start = current.range.start
    let isNaming = current.is(word: "as")
    var verb = try expectName("a verb")
    if isNaming {
      let name = try expectName("a name for the last value")
      return .naming(Naming(name, at: SourceRange(start, endOfPrevious)))
    }
    if let kept = try parseKeepIf(verb, from: start) { return kept }
    let isOrderBy = isOrderBy(&verb)
    let isGroupBy = isGroupBy(verb)
    var arguments: [Argument] = []
    if !isStatementEnd(current), !current.is(.pipe) {
      repeat { arguments.append(try parseArgument()) } while accept(.comma)
    }
    var stage = Stage(verb, arguments, at: SourceRange(start, endOfPrevious))
    if isOrderBy { report(orderBy: stage) }
    if isGroupBy { report(groupBy: &stage) }
    return .stage(stage)
  }

  // MARK: Arguments

  private mutating func parseArgument() throws(Halt) -> Argument {
    let start = current.range.start
    let kind = try parseArgumentKind()
    return Argument(kind, at: SourceRange(start, endOfPrevious))
  }

  private mutating func parseArgumentKind() throws(Halt) -> Argument.Kind {
    if let word = currentWord, next.is(.colon) {
      advance()
      advance()
      return .option(word, try parseExpression())
    }
    if case .keyword = current.kind, let word = currentWord, next.is(.assign) {
      advance()
      advance()
      return .assignment(Target(.name(word.text), at: word.range), try parseExpression())
    }
    let start = current.range.start
    let expression = try parseExpression()
    if let sorted = direction(of: expression, from: start) { return sorted }
    guard current.is(.assign) else { return .positional(expression) }
    let target = try target(from: expression, at: SourceRange(start, endOfPrevious))
    advance()
    return .assignment(target, try parseExpression())
  }

  /// What stands before `=` in a stage, read as an expression, turned into the target it must be.
  private mutating func target(from expression: Expr, at range: SourceRange) throws(Halt) -> Target {
    if !expression.isParenthesised {
      switch expression.kind {
      case .name(let name): return Target(.name(name), at: range)
      case .call(let call): return Target(.selector(call), at: range)
      case .list(let items):
        let names = items.compactMap(\.asName)
        if names.count == items.count { return Target(.names(names), at: range) }
      case .member:
        if let name = dottedName(expression) { return Target(.name(name), at: range) }
      default: break
      }
    }
    sink.report(
      .assignmentInExpression, "only a column, a selector or a list of columns can stand before '='",
      at: current.range, label: "compare with '=='")
    throw Halt()
  }
}

extension Expr {
  /// The name, if the expression is one and nothing more.
  fileprivate var asName: Name? {
    guard case .name(let text) = kind, !isParenthesised else { return nil }
    return Name(text, at: range)
  }
}
