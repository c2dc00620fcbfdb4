import Diagnostics

/// `a |> verb argument |> as name`: elements from left to right, each taking the value of the one before.
public struct Pipeline: Sendable, Equatable {
  /// Whether it begins with `|>`, which says "from the last value" and means nothing more.
  public var leadingPipe: Bool
  /// Never empty in a parsed tree; only the first may be an expression.
  public var elements: [PipelineElement]

  public init(leadingPipe: Bool = false, _ elements: [PipelineElement]) {
    self.leadingPipe = leadingPipe
    self.elements = elements
  }
}

/// One part of a pipeline.
public enum PipelineElement: Sendable, Equatable {
  case expression(Expr)
  case stage(Stage)
  /// `as name`
  case naming(Naming)

  public var range: SourceRange {
    switch self {
    case .expression(let expression): expression.range
    case .stage(let stage): stage.range
    case .naming(let naming): naming.range
    }
  }
}

/// A verb with its arguments. Equality is of meaning: ranges do not count.
public struct Stage: Sendable {
  public var verb: Name
  /// In source order.
  public var arguments: [Argument]
  /// A name alone at the start of a statement: a verb without arguments or a value, as the checker finds.
  public var isBare: Bool
  public var range: SourceRange

  public init(_ verb: Name, _ arguments: [Argument] = [], isBare: Bool = false, at range: SourceRange = .nowhere) {
    self.verb = verb
    self.arguments = arguments
    self.isBare = isBare
    self.range = range
  }
}

extension Stage: Equatable {
  public static func == (left: Stage, right: Stage) -> Bool {
    left.verb == right.verb && left.arguments == right.arguments && left.isBare == right.isBare
  }
}

/// `as name`: gives the last value a name.
public struct Naming: Sendable, Equatable {
  public var name: Name
  public var range: SourceRange

  public init(_ name: Name, at range: SourceRange = .nowhere) {
    self.name = name
    self.range = range
  }

  public static func == (left: Naming, right: Naming) -> Bool { left.name == right.name }
}
