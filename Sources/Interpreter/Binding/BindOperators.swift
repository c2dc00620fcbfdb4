import Diagnostics
import Expressions
import Language
import Tables

extension Binder {
  mutating func bind(_ sign: UnaryOperator, _ operand: Expr, at range: SourceRange) -> Term {
    let term = bind(operand)
    if sign == .negate, let negative = Self.negated(term.literal) { return .literal(negative) }
    return apply(sign == .not ? .not : .negate, [term], written: [operand], at: range)
  }

  /// A literal's minus sign belongs to it, so that a bound or an exported threshold is one number.
  private static func negated(_ cell: Tables.Cell?) -> Tables.Cell? {
    switch cell {
    case .int(let value)?: value == .min ? nil : .int(-value)
    case .float(let value)?: .float(-value)
    default: nil
    }
  }

  mutating func bind(_ sign: BinaryOperator, _ left: Expr, _ right: Expr, at range: SourceRange) -> Term {
    let (leftTerm, rightTerm) = (bind(left), bind(right))
    switch (sign, leftTerm, rightTerm) {
    case (.contains, _, _): return bindContains(leftTerm, rightTerm, left, right, at: range)
    case (.matches, _, _): return bindMatches(leftTerm, rightTerm, left, right, at: range)
    case (.equal, .missing, .missing): return .literal(.bool(true))
    case (.notEqual, .missing, .missing): return .literal(.bool(false))
    case (.equal, let term, .missing): return apply(.isMissing, [term], written: [left], at: range)
    case (.notEqual, let term, .missing): return apply(.isPresent, [term], written: [left], at: range)
    case (.equal, .missing, let term): return apply(.isMissing, [term], written: [right], at: range)
    case (.notEqual, .missing, let term): return apply(.isPresent, [term], written: [right], at: range)
    default: return apply(Self.function(sign), [leftTerm, rightTerm], written: [left, right], at: range)
    }
  }

  private static func function(_ sign: BinaryOperator) -> Function {
    switch sign {
    case .or: .or
    case .and: .and
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .contains: .in
    case .matches: .matches
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .integerDivide: .floorDivide
    case .power: .power
    }
  }

  // MARK: in and ~

  private mutating func bindContains(
    _ value: Term, _ container: Term, _ left: Expr, _ right: Expr, at range: SourceRange
  ) -> Term {
    switch container {
    case .unknown: return .unknown
    case .list(let items):
      if items.isEmpty { return fail(.wrongType, "the list is empty, so nothing is in it", at: right.range) }
      return apply(.in, [value] + items, written: [left] + Self.items(right, items.count), at: range)
    case .range(let low, let high):
      return apply(.between, [value, low, high], written: [left] + Self.items(right, 2), at: range)
    default:
      let isText = container.type == .text
      return fail(
        .wrongType, "'in' takes a list or a range, not \(container.kind)", at: right.range,
        label: isText
          ? "contains(\(Self.shown(right)), \(Self.shown(left))) looks inside a text" : "write [a, b] or a..b")
    }
  }

  /// What stands for each element, for messages; the whole where the list is behind a name.
  private static func items(_ expression: Expr, _ count: Int) -> [Expr] {
    switch expression.kind {
    case .list(let items) where items.count == count: items
    case .range(let low, let high): [low, high]
    default: [Expr](repeating: expression, count: count)
    }
  }

  private mutating func bindMatches(
    _ value: Term, _ pattern: Term, _ left: Expr, _ right: Expr, at range: SourceRange
  ) -> Term {
    if pattern.isUnknown { return .unknown }
    guard case .text? = pattern.literal else {
      return fail(
        .wrongType, "the pattern right of '~' is not a literal text", at: right.range, label: "write a raw text: r\"…\""
      )
    }
    return apply(.matches, [value, pattern], written: [left, right], at: range)
  }

  // MARK: if

  mutating func bindConditional(_ condition: Expr, _ then: Expr, _ otherwise: Expr, at range: SourceRange) -> Term {
    let terms = [bind(condition), bind(then), bind(otherwise)]
    if case .row(let row) = terms[0], row.type != .bool {
      return fail(
        .wrongType, "'if' takes a condition, and '\(Self.shown(condition))' is \(row.type.rawValue)",
        at: condition.range, label: conditionHint(condition, row.type))
    }
    return apply(.ifElse, terms, written: [condition, then, otherwise], at: range)
  }
}
