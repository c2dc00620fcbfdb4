import Diagnostics

/// `df.head(5)`, the habit of calling methods: reported with what is written here, and taken as that.
extension Parser {
  /// Names under which other languages' libraries are known: what they are asked for stands alone here.
  private static let libraries: Set<String> = ["pd", "np", "pl", "sk", "sklearn", "plt", "sns", "lgb", "xgb"]

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

  /// Inside an expression a method is a function of its value: `round(a, 2)`.
  mutating func parseMethodCall(_ member: Name, of base: Expr) throws(Halt) -> Expr {
    var parsed = try parseCall(member)
    guard case .call(var call) = parsed.kind else { return parsed }
    call.arguments.insert(base, at: 0)
    parsed = Expr(.call(call), at: SourceRange(base.range.start, endOfPrevious))
    sink.report(
      .otherLanguage, "values have no methods", at: parsed.range,
      rewrite: Rewrite(parsed.range, SyntaxPrinter.text(parsed)))
    return parsed
  }
}
