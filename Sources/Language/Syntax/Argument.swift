import Diagnostics

/// What follows a verb: a positional expression, a target that gets a method or value, or an option.
///
/// Equality is of meaning: ranges do not count.
public struct Argument: Sendable {
  public enum Kind: Sendable, Equatable {
    /// `filter age > 3`, `load "a.csv"`
    case positional(Expr)
    /// `impute age = median`, `derive rate = a / b`
    case assignment(Target, Expr)
    /// `depth: 3..8`
    case option(Name, Expr)
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, at range: SourceRange = .nowhere) {
    self.kind = kind
    self.range = range
  }
}

extension Argument: Equatable {
  public static func == (left: Argument, right: Argument) -> Bool { left.kind == right.kind }
}

/// The left side of `target = value` in a stage.
public struct Target: Sendable {
  public enum Kind: Sendable, Equatable {
    case name(String)
    /// `numeric()`, `matching(r"^x_")`
    case selector(Call)
    /// `[age, income]`
    case names([Name])
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, at range: SourceRange = .nowhere) {
    self.kind = kind
    self.range = range
  }
}

extension Target: Equatable {
  public static func == (left: Target, right: Target) -> Bool { left.kind == right.kind }
}
