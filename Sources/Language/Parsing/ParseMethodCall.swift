import Diagnostics

/// `age.round(2)`, the habit of calling methods: reported with what is written here, and taken as that.
extension Parser {
  /// Inside an expression a method is a function of its value, `round(a, 2)`, or an operator: `a == missing`.
  mutating func parseMethodCall(_ member: Name, of base: Expr) throws(Halt) -> Expr {
    guard case .call(var call) = try parseCall(member).kind else { throw Halt() }
    if let maker = base.fitted(by: member.text) {
      let range = SourceRange(base.range.start, endOfPrevious)
      sink.report(
        .otherLanguage, "values have no methods", at: range, rewrite: Rewrite(range, SyntaxPrinter.text(maker)))
      return Expr(maker.kind, at: range)
    }
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
  /// `StandardScaler()` of `StandardScaler().fit_transform(X)`: a stage takes the rows at hand by itself.
  fileprivate func fitted(by method: String) -> Expr? {
    guard case .call(let call) = kind, call.function.text.first?.isUppercase == true,
      ["fit", "fit_transform", "transform", "fit_predict"].contains(method)
    else { return nil }
    return self
  }

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
