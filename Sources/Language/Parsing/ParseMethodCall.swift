import Diagnostics

/// `df.head(5)`, the habit of calling methods: reported with what is written here, and taken as that.
extension Parser {
  /// Names under which other languages' libraries are known: what they are asked for stands alone here.
  private static let libraries: Set<String> = [
    "pd", "np", "pl", "sk", "sklearn", "plt", "sns", "lgb", "xgb", "math", "duckdb", "spark", "F",
  ]

  /// Whether a statement begins with `name.name(`.
  var beginsMethodCall: Bool {
    guard index + 3 < tokens.count, case .name = tokens[index].kind, tokens[index + 1].is(.dot),
      case .name = tokens[index + 2].kind, tokens[index + 3].is(.openParenthesis)
    else { return false }
    return tokens[index + 2].range.end == tokens[index + 3].range.start
  }

  /// At the start of a statement each method is a stage: `df |> head 5`.
  mutating func parseMethodCalls() throws(Halt) -> [PipelineElement] {
    let start = current.range
    let base = try expectName("a value")
    var elements: [PipelineElement] =
      Self.libraries.contains(base.text) ? [] : [.stage(Stage(base, isBare: true, at: base.range))]
    while current.is(.dot) {
      advance()
      let method = try expectName("a method")
      guard current.is(.openParenthesis), case .call(let call) = try parseCall(method).kind else { break }
      let range = SourceRange(method.range.start, endOfPrevious)
      let arguments =
        call.arguments.map { Argument(.positional($0), at: $0.range) }
        + call.options.map { Argument(.option($0.key, $0.value), at: $0.range) }
      elements.append(.stage(Stage(method, arguments, isBare: arguments.isEmpty, at: range)))
    }
    let whole = SourceRange(start.start, endOfPrevious)
    sink.report(
      .otherLanguage, "values have no methods", at: whole,
      rewrite: Rewrite(whole, SyntaxPrinter.text(Pipeline(elements))))
    return elements
  }

  /// Inside an expression a method is a function of its value, `round(a, 2)`, or an operator: `a == missing`.
  mutating func parseMethodCall(_ member: Name, of base: Expr) throws(Halt) -> Expr {
    guard case .call(var call) = try parseCall(member).kind else { throw Halt() }
    if let prefix = base.wordOfR {
      call.function = Name("\(prefix).\(member.text)", at: base.range.union(member.range))
    } else if !isLibrary(base) {
      call.arguments.insert(base.withoutAccessor, at: 0)
    }
    let taken = try node(ForeignCall.mended(call) ?? .call(call), from: base.range.start)
    sink.report(
      .otherLanguage, "values have no methods", at: taken.range,
      rewrite: Rewrite(taken.range, SyntaxPrinter.text(taken)))
    return taken
  }

  /// `joined.dt.year`: a part of a moment is a function of it. Nil for any other member.
  mutating func partOfMoment(_ member: Name, of base: Expr, from start: Int) throws(Halt) -> Expr? {
    let parts: Set<String> = ["year", "month", "day", "weekday", "hour", "minute", "second", "quarter"]
    guard case .member(let moment, let accessor) = base.kind, accessor.text == "dt", parts.contains(member.text) else {
      return nil
    }
    var call = Call(member)
    call.arguments = [moment]
    let part = try node(.call(call), from: start)
    sink.report(
      .otherLanguage, "values have no members", at: part.range,
      rewrite: Rewrite(part.range, SyntaxPrinter.text(part)))
    return part
  }

  private func isLibrary(_ base: Expr) -> Bool {
    if case .name(let name) = base.kind { Self.libraries.contains(name) } else { false }
  }
}

extension Expr {
  /// The value whose methods `name.str` or `name.dt` groups.
  fileprivate var withoutAccessor: Expr {
    guard case .member(let value, let accessor) = kind, ["str", "dt", "cat", "list"].contains(accessor.text) else {
      return self
    }
    return value
  }

  /// `is` of `is.na(x)` and `as` of `as.numeric(x)`: R has the dot in names.
  fileprivate var wordOfR: String? {
    guard case .name(let name) = kind, !isParenthesised, name == "is" || name == "as" else { return nil }
    return name
  }
}
