/// Writes an expression as text that parses to it: for rule names, help, records and the plan.
public enum ExpressionPrinter {
  public static func text(_ expression: Expr) -> String {
    expression.isParenthesised ? "(" + bare(expression) + ")" : bare(expression)
  }

  static func text(_ call: Call) -> String {
    let inside = call.arguments.map(text) + call.options.map(text)
    return SyntaxPrinter.name(call.function.text) + "(" + inside.joined(separator: ", ") + ")"
  }

  private static func text(_ entry: RecordEntry) -> String {
    (entry.literal.map(LiteralPrinter.text) ?? SyntaxPrinter.word(entry.key.text)) + ": " + text(entry.value)
  }

  private static func bare(_ expression: Expr) -> String {
    switch expression.kind {
    case .literal(let literal): LiteralPrinter.text(literal)
    case .name(let name): SyntaxPrinter.name(name)
    case .list(let items): "[" + items.map(text).joined(separator: ", ") + "]"
    case .record(let entries): "{" + entries.map(text).joined(separator: ", ") + "}"
    case .call(let call): text(call)
    case .unary(.not, let operand): "not " + text(operand, atLeast: .not)
    case .unary(.negate, let operand): "-" + text(operand, atLeast: .negation)
    case .binary(let sign, let left, let right): binary(sign, left, right)
    case .range(let low, let high): text(low, atLeast: .sum) + ".." + text(high, atLeast: .sum)
    case .member(let base, let member): memberBase(base) + "." + SyntaxPrinter.word(member.text)
    case .conditional(let condition, let then, let otherwise):
      "if \(text(condition)) then \(text(then)) else \(text(otherwise))"
    }
  }

  /// Left to right for all but `^`, which binds to the right and takes a minus sign there, and comparisons, which do
  /// not chain.
  private static func binary(_ sign: BinaryOperator, _ left: Expr, _ right: Expr) -> String {
    let level = sign.precedence
    let leftLevel = level == .power || level == .comparison ? level.tighter : level
    let rightLevel = level == .power ? Precedence.negation : level.tighter
    return text(left, atLeast: leftLevel) + " \(sign.rawValue) " + text(right, atLeast: rightLevel)
  }

  /// In parentheses if it binds less tightly than its place needs.
  private static func text(_ expression: Expr, atLeast level: Precedence) -> String {
    if expression.isParenthesised || expression.precedence >= level { return text(expression) }
    return "(" + bare(expression) + ")"
  }

  /// `5.auc` would read as a number.
  private static func memberBase(_ base: Expr) -> String {
    if case .literal = base.kind, !base.isParenthesised { return "(" + bare(base) + ")" }
    return text(base, atLeast: .postfix)
  }
}

extension Expr {
  /// How tightly the outermost form binds, parentheses aside.
  public var precedence: Precedence {
    switch kind {
    case .literal(.int(let value)): value < 0 ? .negation : .primary
    case .literal(.float(let value)): value < 0 ? .negation : .primary
    case .literal, .name, .list, .record, .call: .primary
    case .unary(.not, _): .not
    case .unary(.negate, _): .negation
    case .binary(let sign, _, _): sign.precedence
    case .range: .range
    case .member: .postfix
    case .conditional: .conditional
    }
  }
}
