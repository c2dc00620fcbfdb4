import Diagnostics

/// An expression: a tree of literals, names, operators and calls, each with the place where it was written.
///
/// Equality is of meaning: ranges and redundant parentheses do not count.
public struct Expr: Sendable {
  public indirect enum Kind: Sendable, Equatable {
    case literal(Literal)
    /// A column, a let, a parameter, a named value, a method or an algorithm: the checker decides.
    case name(String)
    case list([Expr])
    case record([RecordEntry])
    case unary(UnaryOperator, Expr)
    case binary(BinaryOperator, Expr, Expr)
    /// `low..high`, both ends included.
    case range(Expr, Expr)
    case call(Call)
    /// `report.auc`
    case member(Expr, Name)
    case conditional(condition: Expr, then: Expr, otherwise: Expr)
  }

  public var kind: Kind
  /// From the first to the last byte of the expression, without parentheses around the whole of it.
  public var range: SourceRange
  /// Whether the source has it in parentheses; it changes nothing but how the expression is printed.
  public var isParenthesised: Bool
  /// The number of levels in the tree, 1 for a leaf. At most `Parser.maximumDepth` in a parsed tree, so that recursion
  /// over it is safe.
  public let height: Int

  public init(_ kind: Kind, at range: SourceRange = .nowhere, isParenthesised: Bool = false) {
    self.kind = kind
    self.range = range
    self.isParenthesised = isParenthesised
    height = 1 + kind.children.reduce(0) { max($0, $1.height) }
  }
}

extension Expr: Equatable {
  public static func == (left: Expr, right: Expr) -> Bool { left.kind == right.kind }
}

extension Expr.Kind {
  /// The expressions directly below, in source order.
  public var children: [Expr] {
    switch self {
    case .literal, .name: []
    case .list(let items): items
    case .record(let entries): entries.map(\.value)
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right), .range(let left, let right): [left, right]
    case .call(let call): call.arguments + call.options.map(\.value)
    case .member(let base, _): [base]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    }
  }
}

/// `key: value` inside record braces or, as an option, inside a call's parentheses.
public struct RecordEntry: Sendable, Equatable {
  /// A word, or the text of the literal.
  public var key: Name
  /// What a key that is no word was written as: a text, a number, a date, a moment.
  public var literal: Literal?
  public var value: Expr

  public init(_ key: Name, _ value: Expr) {
    self.key = key
    self.value = value
  }

  /// `"n/a": missing`, `-999: missing`
  public init(_ literal: Literal, at range: SourceRange = .nowhere, _ value: Expr) {
    key = Name(literal.plain, at: range)
    self.literal = literal
    self.value = value
  }

  public var range: SourceRange { key.range.union(value.range) }
}

/// `name(argument, …, option: value, …)`
public struct Call: Sendable, Equatable {
  public var function: Name
  /// Positional arguments; they come before the options.
  public var arguments: [Expr]
  public var options: [RecordEntry]

  public init(_ function: Name, _ arguments: [Expr] = [], options: [RecordEntry] = []) {
    self.function = function
    self.arguments = arguments
    self.options = options
  }
}
