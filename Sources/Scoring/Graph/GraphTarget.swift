import Expressions

/// Whether a target can hold an operator or a function, and why not.
public enum Support: Sendable, Hashable {
  case full
  /// Held, with a difference that the reference prints: `the empty text stands for missing`.
  case partial(String)
  case none(String)
}

/// Why a graph cannot be given in a format: which step's words, and the reason.
public struct Unsupported: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// A column of that name is not there.
    case noColumn(String)
    /// A column of an expression is not there.
    case unwired
    /// A column of that name is a vector, and is read as a column.
    case isVector(String)
    /// A column of that name has no text.
    case noText(String)
    /// What the format has no form for, in the format's own words.
    case format(String)
  }

  public let step: String
  public let reason: Reason

  public init(step: String, _ reason: Reason) {
    self.step = step
    self.reason = reason
  }
}

/// A format that a scoring graph can be given in.
public protocol GraphTarget {
  associatedtype Artefact
  static func support(_ kind: OperatorKind) -> Support
  static func support(_ function: Function) -> Support
  static func emit(_ graph: Graph) throws(Unsupported) -> Artefact
}
