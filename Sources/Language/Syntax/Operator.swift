/// An operator before its only operand.
public enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  case negate = "-"
  case not
}

/// An operator between two operands; the raw value is its spelling.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains = "in"
  case matches = "~"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case integerDivide = "//"
  case power = "^"

  /// `== != < <= > >= in ~`: they give a bool and do not chain.
  public var isComparison: Bool { precedence == .comparison }

  public var precedence: Precedence {
    switch self {
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .matches: .comparison
    case .add, .subtract: .sum
    case .multiply, .divide, .integerDivide: .product
    case .power: .power
    }
  }
}

/// How tightly the forms of an expression bind, loosest first.
public enum Precedence: Int, Sendable, Comparable {
  case conditional, or, and, not, comparison, range, sum, product, negation, power, postfix, primary

  public static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter level; `primary` is its own.
  public var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}
