import Diagnostics

/// Precedence climbing, one level of `Precedence` after the other.
extension Parser {
  mutating func parseExpression() throws(Halt) -> Expr {
    try enter()
    defer { depth -= 1 }
    return current.is(.if) ? try parseConditional() : try parseLevel(.or)
  }

  /// Counts a level of nesting; hostile text must not exhaust the stack.
  private mutating func enter() throws(Halt) {
    depth += 1
    guard depth <= Self.maximumDepth else {
      depth -= 1
      throw tooDeep(at: current.range)
    }
  }

  private mutating func tooDeep(at range: SourceRange) -> Halt {
    sink.report(
      .tooDeep, "this expression is more than \(Self.maximumDepth) levels deep", at: range,
      help: ["name parts of it with 'let' or 'derive'; a long list of choices is written x in [a, b, …]"])
    return Halt()
  }

  /// A node from `start` to the last token read. A chain of operators without parentheses is as deep as it is long.
  mutating func node(_ kind: Expr.Kind, from start: Int) throws(Halt) -> Expr {
    let expression = Expr(kind, at: SourceRange(start, endOfPrevious))
    guard expression.height <= Self.maximumDepth else { throw tooDeep(at: expression.range) }
    return expression
  }

  private mutating func parseConditional() throws(Halt) -> Expr {
    let start = current.range.start
    advance()
    let condition = try parseExpression()
    guard accept(.then) else { throw unexpected("'then' and the value where the condition is true") }
    let then = try parseExpression()
    guard accept(.else) else { throw unexpected("'else' and the value where the condition is not true") }
    let otherwise = try parseExpression()
    return try node(.conditional(condition: condition, then: then, otherwise: otherwise), from: start)
  }

  private mutating func parseLevel(_ level: Precedence) throws(Halt) -> Expr {
    switch level {
    case .not where current.is(.not): try parseNot()
    case .comparison: try parseComparison()
    case .range: try parseRange()
    case .or, .and, .sum, .product: try parseChain(level)
    case .negation: try parseNegation()
    case .power: try parsePower()
    case .postfix, .primary: try parsePostfix()
    case .conditional, .not: try parseLevel(level.tighter)
    }
  }

  /// Operators of one level, from left to right.
  private mutating func parseChain(_ level: Precedence) throws(Halt) -> Expr {
    let start = current.range.start
    var left = try parseLevel(level.tighter)
    while true {
      if level == .product, current.is(.percent) {
        left = try parseModulo(left, from: start)
      } else if let sign = current.binaryOperator, sign.precedence == level {
        advance()
        let right = try parseLevel(level.tighter)
        left = try node(.binary(sign, left, right), from: start)
      } else {
        return left
      }
    }
  }

  /// `a % b`, the habit of other languages: reported, and taken as `mod(a, b)`.
  private mutating func parseModulo(_ left: Expr, from start: Int) throws(Halt) -> Expr {
    advance()
    let right = try parseLevel(.negation)
    var call = Call(Name("mod", at: left.range))
    call.arguments = [left, right]
    let modulo = try node(.call(call), from: start)
    sink.report(
      .otherLanguage, "'%' is not a sign of this language", at: modulo.range,
      rewrite: Rewrite(modulo.range, SyntaxPrinter.text(modulo)))
    return modulo
  }

  private mutating func parseNot() throws(Halt) -> Expr {
    try enter()
    defer { depth -= 1 }
    let start = current.range.start
    advance()
    return try node(.unary(.not, try parseLevel(.not)), from: start)
  }

  private mutating func parseComparison() throws(Halt) -> Expr {
    let start = current.range.start
    let left = try parseLevel(.range)
    if let foreign = try parseForeignComparison(left, from: start) { return foreign }
    guard let sign = current.binaryOperator, sign.isComparison else { return left }
    advance()
    let right = try parseLevel(.range)
    if let second = current.binaryOperator, second.isComparison {
      let help = "join two comparisons with 'and'; 18 <= x <= 110 is x in 18..110"
      sink.report(.chainedComparison, "comparisons do not chain", at: current.range, help: [help])
      throw Halt()
    }
    return try node(.binary(sign, left, right), from: start)
  }

  private mutating func parseRange() throws(Halt) -> Expr {
    let start = current.range.start
    let low = try parseLevel(.sum)
    guard accept(.range) else { return low }
    let high = try parseLevel(.sum)
    if current.is(.range) {
      sink.report(.chainedComparison, "a range has two ends", at: current.range, label: "'..' does not chain")
      throw Halt()
    }
    return try node(.range(low, high), from: start)
  }

  /// What stands right of a comparison.
  mutating func parseOperand() throws(Halt) -> Expr { try parseLevel(.range) }

  /// One end of a range.
  mutating func parseBound() throws(Halt) -> Expr { try parseLevel(.sum) }

  private mutating func parseNegation() throws(Halt) -> Expr {
    guard current.is(.minus) else { return try parseLevel(.power) }
    try enter()
    defer { depth -= 1 }
    let start = current.range.start
    roles[index] = .prefix
    advance()
    return try node(.unary(.negate, try parseLevel(.negation)), from: start)
  }

  /// `^` binds to the right, and its right side may carry a minus sign.
  private mutating func parsePower() throws(Halt) -> Expr {
    let start = current.range.start
    let base = try parseLevel(.postfix)
    guard current.is(.caret) else { return base }
    try enter()
    defer { depth -= 1 }
    advance()
    let exponent = try parseLevel(.negation)
    return try node(.binary(.power, base, exponent), from: start)
  }
}
