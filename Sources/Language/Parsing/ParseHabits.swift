import Diagnostics

/// Forms of other languages that stages take as they are meant, after a report that says what is written here.
extension Parser {
  private static let downWords: Set<String> = ["desc", "descending", "decreasing"]
  private static let upWords: Set<String> = ["asc", "ascending", "increasing"]

  /// `sort age desc`: a direction behind its column.
  mutating func direction(of column: Expr, from start: Int) -> Argument.Kind? {
    guard case .name(let word, false) = current.kind, case .name(let name) = column.kind, !column.isParenthesised,
      next.is(.comma) || next.is(.pipe) || isStatementEnd(next)
    else { return nil }
    let isDown = Self.downWords.contains(word.lowercased())
    guard isDown || Self.upWords.contains(word.lowercased()) else { return nil }
    let range = current.range
    let method = Expr(.name(isDown ? "down" : "up"), at: range)
    advance()
    let whole = SourceRange(start, range.end)
    sink.report(
      .otherLanguage, "a direction stands after '='", at: whole,
      rewrite: Rewrite(whole, "\(SyntaxPrinter.name(name)) = \(isDown ? "down" : "up")"))
    return .assignment(Target(.name(name), at: column.range), method)
  }

  /// `order by age desc`, as SQL has it: takes the verb for what it is, with `by` read; false for another.
  mutating func isOrderBy(_ verb: inout Name) -> Bool {
    guard verb.text.lowercased() == "order", current.is(word: "by") || current.is(word: "BY"), case .name = next.kind
    else { return false }
    verb = Name("sort", at: verb.range.union(current.range))
    advance()
    return true
  }

  mutating func report(orderBy stage: Stage) {
    sink.report(
      .otherLanguage, "rows are ordered by 'sort'", at: stage.range,
      rewrite: Rewrite(stage.range, SyntaxPrinter.text(stage)))
  }

  /// `group by sex`, as SQL has it: `by` is read; false for another verb, and where `by` is the option.
  mutating func isGroupBy(_ verb: Name) -> Bool {
    guard verb.text.lowercased() == "group", current.is(word: "by") || current.is(word: "BY"), case .name = next.kind
    else { return false }
    advance()
    return true
  }

  /// Makes keys of the columns that are named, and asks for how many rows there are where nothing is asked.
  mutating func report(groupBy stage: inout Stage) {
    let keys = stage.arguments.compactMap { argument -> String? in
      if case .positional(let value) = argument.kind, case .name(let name) = value.kind { name } else { nil }
    }
    guard !keys.isEmpty else { return }
    let others = stage.arguments.filter { argument in
      if case .positional(let value) = argument.kind, case .name = value.kind { false } else { true }
    }
    var grouped = FrameGrouping(keys, at: stage.verb.range).stage(of: [], by: nil)
    if !others.isEmpty { grouped.arguments = grouped.arguments.prefix(1) + others }
    grouped.range = stage.range
    stage = grouped
    sink.report(
      .otherLanguage, "the keys of groups stand in 'by:'", at: stage.range,
      rewrite: Rewrite(stage.range, SyntaxPrinter.text(stage)))
  }

  /// `keep if age > 3`, as Stata has it: a filter. Nil, with nothing read, for anything else.
  mutating func parseKeepIf(_ verb: Name, from start: Int) throws(Halt) -> PipelineElement? {
    let keeps = verb.text == "keep"
    guard current.is(.if), keeps || verb.text == "drop" else { return nil }
    let place = index
    advance()
    var condition = try parseExpression()
    if current.is(.then) {
      index = place
      return nil
    }
    if !keeps {
      condition.isParenthesised = true
      condition = Expr(.unary(.not, condition), at: condition.range)
    }
    let range = SourceRange(start, endOfPrevious)
    let stage = Stage(
      Name("filter", at: verb.range), [Argument(.positional(condition), at: condition.range)], at: range)
    sink.report(
      .otherLanguage, "rows are kept by 'filter'", at: range, rewrite: Rewrite(range, SyntaxPrinter.text(stage)))
    return .stage(stage)
  }

  /// `Lot.Frontage` where only a column can stand: reported, with the name that it is.
  mutating func dottedName(_ expression: Expr) -> String? {
    guard let name = expression.dottedName else { return nil }
    sink.report(
      .otherLanguage, "a name with a dot stands in back quotes", at: expression.range,
      rewrite: Rewrite(expression.range, SyntaxPrinter.name(name)))
    return name
  }
}

extension Expr {
  /// The name that `a` and `a.b.c` begin with; nil for anything else.
  public var firstName: String? {
    switch kind {
    case .name(let name): name
    case .member(let base, _): base.firstName
    default: nil
    }
  }

  /// `Lot.Frontage`, read as a member, as the one name that it may be; nil for anything else.
  public var dottedName: String? {
    guard !isParenthesised else { return nil }
    switch kind {
    case .name(let name): return name
    case .member(let base, let member):
      guard let start = base.dottedName else { return nil }
      return "\(start).\(member.text)"
    default: return nil
    }
  }
}
