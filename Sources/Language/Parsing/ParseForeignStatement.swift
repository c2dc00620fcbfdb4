import Diagnostics

/// Statements of other languages: imports, and SQL's `select … from …`.
extension Parser {
  /// Reports `import pandas as pd`, `from sklearn import svm` and `library(dplyr)`, of which nothing is needed.
  mutating func refuseImport() throws(Halt) {
    let isFrom = current.is(word: "from") && index + 2 < tokens.count && isImport(from: index)
    let isCall = current.is(word: "library") && next.is(.openParenthesis)
    let isImport: Bool = if case .name = next.kind { current.is(word: "import") } else { false }
    guard isFrom || isCall || isImport else { return }
    sink.report(
      .otherLanguage, "nothing has to be imported", at: current.range, label: "leave the line out: all verbs are there",
      help: ["`help` lists the verbs"])
    throw Halt()
  }

  private func isImport(from start: Int) -> Bool {
    tokens[start...].prefix { !isStatementEnd($0) }.contains { $0.is(word: "import") }
  }

  /// `select * from titanic where age > 3` at the start of a statement; nil, with nothing read, for another.
  mutating func parseSelectFrom() throws(Halt) -> [PipelineElement]? {
    guard isWord("select"),
      tokens[index...].prefix(while: { !isStatementEnd($0) && !$0.is(.pipe) }).dropFirst().contains(
        where: { $0.is(word: "from") || $0.is(word: "FROM") })
    else { return nil }
    let (start, place) = (current.range, index)
    advance()
    var columns: [Argument] = []
    if current.is(.star) {
      advance()
    } else {
      repeat { columns.append(try parseSelected()) } while accept(.comma)
    }
    guard isWord("from") else {
      index = place
      return nil
    }
    advance()
    guard current.isNameOrText else { throw unexpected("the name of a table") }
    let source = try parseSource()
    var stages: [PipelineElement] = [source]
    while !isStatementEnd(current), !current.is(.pipe) { stages.append(try parseClause()) }
    if let place = stages.firstIndex(where: {
      if case .stage(let stage) = $0 { stage.verb.text == "group" } else { false }
    }) {
      if case .stage(let stage) = stages[place] { stages[place] = .stage(grouped(stage, columns)) }
    } else if !columns.isEmpty {
      let select = PipelineElement.stage(Stage(Name("select", at: start), columns, at: start))
      let rows = stages.firstIndex { if case .stage(let stage) = $0 { stage.verb.text == "show" } else { false } }
      stages.insert(select, at: rows ?? stages.count)
    }
    let whole = SourceRange(start.start, endOfPrevious)
    sink.report(
      .otherLanguage, "a flow begins with its table", at: whole,
      rewrite: Rewrite(whole, SyntaxPrinter.text(Pipeline(stages))))
    return stages
  }

  private mutating func parseSource() throws(Halt) -> PipelineElement {
    let from = current.range
    let value = try parseExpression()
    let range = SourceRange(from.start, endOfPrevious)
    return .stage(Stage(Name("load", at: from), [Argument(.positional(value), at: range)], at: range))
  }

  /// A column, `mean(age)`, `count(*)`, each also with `as name`.
  private mutating func parseSelected() throws(Halt) -> Argument {
    let start = current.range
    let value: Expr
    if isWord("count"), next.is(.openParenthesis), index + 3 < tokens.count, tokens[index + 2].is(.star),
      tokens[index + 3].is(.closeParenthesis)
    {
      value = Expr(.call(Call(Name("count", at: start))), at: start)
      for _ in 0..<4 { advance() }
    } else {
      value = try parseExpression()
    }
    guard acceptWord("as") else { return Argument(.positional(value), at: SourceRange(start.start, endOfPrevious)) }
    let name = try expectName("a name for the column")
    return Argument(
      .assignment(Target(.name(name.text), at: name.range), value), at: SourceRange(start.start, endOfPrevious))
  }

  /// The groups with what was selected of them.
  private func grouped(_ stage: Stage, _ columns: [Argument]) -> Stage {
    var stage = stage
    let outputs = columns.compactMap { column -> Argument? in
      switch column.kind {
      case .assignment: return column
      case .positional(let value):
        guard case .call(let call) = value.kind else { return nil }
        let names = call.arguments.compactMap { if case .name(let name) = $0.kind { name } else { nil } }
        let name = call.arguments.isEmpty ? "n" : ([call.function.text] + names.prefix(1)).joined(separator: "_")
        return Argument(.assignment(Target(.name(name), at: column.range), value), at: column.range)
      case .option: return nil
      }
    }
    if !outputs.isEmpty { stage.arguments = stage.arguments.prefix(1) + outputs }
    return stage
  }

  /// One of `where …`, `group by …`, `order by …`, `limit 5`.
  private mutating func parseClause() throws(Halt) -> PipelineElement {
    let start = current.range
    if isWord("where") {
      advance()
      var condition = try parseExpression()
      if accept(.assign) {
        condition = try node(.binary(.equal, condition, try parseExpression()), from: condition.range.start)
      }
      return clause("filter", [Argument(.positional(condition), at: condition.range)], from: start)
    }
    if isWord("group"), next.is(word: "by") || next.is(word: "BY") {
      advance()
      advance()
      var keys: [String] = []
      repeat { keys.append(try expectName("a column to group by").text) } while accept(.comma)
      return .stage(FrameGrouping(keys, at: SourceRange(start.start, endOfPrevious)).stage(of: [], by: nil))
    }
    if isWord("order"), next.is(word: "by") || next.is(word: "BY") {
      advance()
      advance()
      var keys: [Argument] = []
      repeat { keys.append(try parseSortKey()) } while accept(.comma)
      return clause("sort", keys, from: start)
    }
    guard isWord("limit"), case .literal(.int(let count)) = next.kind else {
      throw unexpected("'where', 'group by', 'order by' or 'limit'")
    }
    advance()
    let range = current.range
    advance()
    let rows = Argument(.option(Name("rows", at: range), Expr(.literal(.int(count)), at: range)), at: range)
    return clause("show", [rows], from: start)
  }

  private mutating func parseSortKey() throws(Halt) -> Argument {
    let name = try expectName("a column to order by")
    let isDown = isWord("desc")
    if isDown || isWord("asc") { advance() }
    let range = SourceRange(name.range.start, endOfPrevious)
    guard isDown else { return Argument(.positional(Expr(.name(name.text), at: name.range)), at: range) }
    return Argument(.assignment(Target(.name(name.text), at: name.range), Expr(.name("down"), at: range)), at: range)
  }

  private func clause(_ verb: String, _ arguments: [Argument], from start: SourceRange) -> PipelineElement {
    .stage(Stage(Name(verb, at: start), arguments, at: SourceRange(start.start, endOfPrevious)))
  }

  /// `case when a then b else c end`, as SQL has it: an `if`. Nil, with nothing read, for anything else.
  mutating func parseCaseWhen() throws(Halt) -> Expr? {
    guard isWord("case"), next.is(word: "when") || next.is(word: "WHEN") else { return nil }
    let start = current.range.start
    advance()
    var branches: [(condition: Expr, value: Expr)] = []
    while isWord("when") {
      advance()
      var condition = try parseExpression()
      if accept(.assign) {
        condition = try node(.binary(.equal, condition, try parseExpression()), from: condition.range.start)
      }
      guard accept(.then) || acceptWord("then") else { throw unexpected("'then' and the value of that case") }
      branches.append((condition, try parseExpression()))
    }
    var last = Expr(.literal(.missing))
    if accept(.else) || acceptWord("else") { last = try parseExpression() }
    guard acceptWord("end") else { throw unexpected("'end' of the cases") }
    for branch in branches.reversed() {
      last = try node(.conditional(condition: branch.condition, then: branch.value, otherwise: last), from: start)
    }
    sink.report(
      .otherLanguage, "a choice is an 'if' here", at: last.range,
      rewrite: Rewrite(last.range, SyntaxPrinter.text(last)))
    return last
  }

  /// Whether a word stands here, in small letters or, as SQL is often written, in capitals.
  private func isWord(_ word: String) -> Bool { current.is(word: word) || current.is(word: word.uppercased()) }

  private mutating func acceptWord(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }
}

extension Token {
  fileprivate var isNameOrText: Bool {
    switch kind {
    case .name, .literal(.text): true
    default: false
    }
  }
}
