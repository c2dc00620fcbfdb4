import Diagnostics

/// Assignments as other languages write them: reported with what is written here, and taken as that, so that what follows is
/// checked all the same.
extension Parser {
  /// `NAME = …` or `NAME <- …` at the start of a statement.
  var beginsAssignment: Bool {
    guard case .name = current.kind, !current.is(word: "as") else { return false }
    return next.is(.assign) || isArrow(after: index)
  }

  /// `<-` as R has it: its two signs touch, and what follows does not touch them.
  private func isArrow(after place: Int) -> Bool {
    guard place + 3 < tokens.count, tokens[place + 1].is(.less), tokens[place + 2].is(.minus) else { return false }
    return tokens[place + 1].range.end == tokens[place + 2].range.start
      && tokens[place + 2].range.end < tokens[place + 3].range.start
  }

  /// What stands right of the sign: a flow gets its name by `as`, a value by `let`, a column by `derive`.
  mutating func parseAssignment() throws(Halt) -> Statement.Kind {
    let start = current.range
    let name = try expectName("a name")
    _ = accept(.less)
    advance()
    return mended(name, try parsePipeline(), from: start)
  }

  /// `let t = load "x.csv"`: a let holds a value, and a flow is named by `as`. Nil where the let holds an expression.
  mutating func parseLetOfFlow(_ name: Name, from start: SourceRange) throws(Halt) -> Statement.Kind? {
    guard beginsStage else { return nil }
    return mended(name, try parsePipeline(), from: start)
  }

  /// Whether a verb with its arguments begins here: two words, or a word and a literal, stand side by side.
  private var beginsStage: Bool {
    guard case .name = current.kind else { return false }
    switch next.kind {
    case .name, .literal: return true
    default: return false
    }
  }

  private mutating func mended(_ name: Name, _ pipeline: Pipeline, from start: SourceRange) -> Statement.Kind {
    let kind: Statement.Kind
    if let value = pipeline.onlyExpression {
      let column = Argument(.assignment(Target(.name(name.text), at: name.range), value), at: value.range)
      kind =
        value.readsNames
        ? .pipeline(Pipeline([.stage(Stage(Name("derive", at: start), [column], at: start.union(value.range)))]))
        : .let(LetDeclaration(name, value))
    } else {
      var named = pipeline
      named.elements.append(.naming(Naming(name, at: name.range)))
      kind = .pipeline(named)
    }
    let whole = SourceRange(start.start, endOfPrevious)
    let isFlow = if case .pipeline(let flow) = kind, case .naming? = flow.elements.last { true } else { false }
    sink.report(
      .assignmentInExpression,
      isFlow ? "a flow gets its name by 'as'" : "'\(name.text) = …' is not a statement", at: whole,
      rewrite: Rewrite(whole, SyntaxPrinter.text(Statement(kind))))
    return kind
  }
}

extension Pipeline {
  /// The expression that it is, a name by itself being one: of a column, most likely.
  fileprivate var onlyExpression: Expr? {
    guard elements.count == 1 else { return nil }
    switch elements[0] {
    case .expression(let value): return value
    case .stage(let stage) where stage.isBare: return Expr(.name(stage.verb.text), at: stage.range)
    default: return nil
    }
  }
}

extension Expr {
  /// Whether a name stands in it: of a column, most likely.
  fileprivate var readsNames: Bool {
    if case .name = kind { return true }
    return kind.children.contains(where: \.readsNames)
  }
}
