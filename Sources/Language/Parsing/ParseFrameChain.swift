import Diagnostics

/// `df["age"]`, `df.age.mean()`, `df.groupby("sex")["age"].mean()`: what libraries of data frames chain behind a value, read as the
/// flow that it is.
extension Parser {
  /// Names under which other languages' libraries are known: what they are asked for stands alone here.
  static let libraries: Set<String> = [
    "pd", "np", "pl", "sk", "sklearn", "plt", "sns", "lgb", "xgb", "math", "duckdb", "spark", "F",
  ]

  /// Whether a statement begins with `name.name(`, `name[`, or `name.column.mean(`.
  var beginsFrameChain: Bool {
    guard case .name = current.kind, index + 3 < tokens.count else { return false }
    if touches(index + 1, .openBracket) { return choosesLikeFrame(index + 2) }
    guard let member = member(at: index + 1) else { return false }
    if touches(index + 3, .openParenthesis) { return true }
    guard index + 5 < tokens.count, let method = self.member(at: index + 3), touches(index + 5, .openParenthesis) else {
      return false
    }
    return !FrameChain.accessors.contains(member) && FrameChain.methodsOfColumns.contains(method)
  }

  /// Whether what stands in brackets is a text, a list, or `df.age > 3`; a list of names is an argument.
  private func choosesLikeFrame(_ place: Int) -> Bool {
    switch tokens[place].kind {
    case .literal(.text), .symbol(.openBracket): true
    case .name: tokens[place].kind == current.kind
    default: false
    }
  }

  private func touches(_ place: Int, _ symbol: Symbol) -> Bool {
    tokens[place].is(symbol) && tokens[place - 1].range.end == tokens[place].range.start
  }

  private func member(at place: Int) -> String? {
    guard tokens[place].is(.dot), case .name(let name, _) = tokens[place + 1].kind else { return nil }
    return name
  }

  /// The stages of a chain: `df |> head 5`.
  mutating func parseFrameChain() throws(Halt) -> [PipelineElement] {
    let start = current.range
    let base = try expectName("a value")
    var chain = FrameChain(base, isLibrary: Self.libraries.contains(base.text))
    while true {
      if current.is(.openBracket), touchesPrevious {
        let bracket = current.range
        let list = try parseChosen()
        guard chain.take(chosen: list) else { throw subscripting(at: bracket) }
      } else if current.is(.dot) {
        advance()
        let method = try expectName("a method")
        if current.is(.openParenthesis), case .call(let call) = try parseCall(method).kind {
          chain.take(call, at: SourceRange(method.range.start, endOfPrevious))
        } else {
          chain.take(member: method)
        }
      } else {
        break
      }
    }
    if accept(.assign) {
      guard chain.take(assigned: try parseExpression()) else { throw unexpected("the end of the statement") }
    }
    let elements = chain.elements
    let whole = SourceRange(start.start, endOfPrevious)
    sink.report(
      .otherLanguage, chain.message, at: whole, rewrite: Rewrite(whole, SyntaxPrinter.text(Pipeline(elements))))
    return elements
  }

  /// What stands in the brackets behind a value.
  private mutating func parseChosen() throws(Halt) -> [Expr] {
    var items: [Expr] = []
    open()
    while !current.is(.closeBracket) {
      items.append(try parseExpression())
      guard accept(.comma) else { break }
    }
    try close(.closeBracket, "']'")
    return items
  }

  /// `df["age"]` inside an expression: the column's name stands alone. Nil, with nothing read, for other brackets.
  mutating func parseColumnOfFrame(_ base: Expr, from start: Int) throws(Halt) -> Expr? {
    guard case .name = base.kind, !base.isParenthesised, index + 2 < tokens.count, tokens[index + 2].is(.closeBracket),
      case .literal(.text(let column)) = tokens[index + 1].kind
    else { return nil }
    _ = try parseChosen()
    let name = try node(.name(column), from: start)
    sink.report(
      .otherLanguage, "values have no subscripts", at: name.range,
      rewrite: Rewrite(name.range, SyntaxPrinter.name(column)))
    return name
  }
}
