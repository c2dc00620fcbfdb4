import Scoring

/// Why a model or its figures could not be computed, or are not what was required.
public enum ScoringProblem: Sendable, Equatable {
  /// A step that what is made of the model has no form for.
  case cannotHold(Unsupported, StepHolder)
  /// A step that could not be computed on the rows.
  case notComputed(GraphError)
  /// The graph of a fitted model that cannot be scored.
  case notScored(GraphError)
  case undefined(UndefinedFigure)
  /// Objectives that are not met.
  case unmet([UnmetRequirement], onTest: Bool)
  /// Rows that fail a rule of a validation, and how many rules of the whole table do not hold.
  case invalid(rows: Int, of: Int, ofTable: Int)

  var code: EngineError.Code {
    switch self {
    case .cannotHold: .unsupported
    case .notComputed, .notScored: .trainingFailed
    case .undefined: .noRows
    case .unmet: .requirementNotMet
    case .invalid: .validationFailed
    }
  }
}

/// What steps are made into.
public enum StepHolder: Sendable, Equatable {
  case model, table
  /// A file format, by its name.
  case format(String)
}

/// A figure without a value, with what its reason refers to.
public struct UndefinedFigure: Sendable, Hashable {
  public let metric: String
  public let reason: Undefined
  /// The names of the class codes.
  public let classes: [String]
  /// How many rows were judged.
  public let rows: Int

  public init(_ metric: String, _ reason: Undefined, classes: [String], rows: Int) {
    self.metric = metric
    self.reason = reason
    self.classes = classes
    self.rows = rows
  }
}

/// An objective with the figure that does not meet it.
public struct UnmetRequirement: Sendable, Hashable {
  public enum Reached: Sendable, Hashable {
    case value(Double)
    case undefined(UndefinedFigure)
  }

  public let requirement: Requirement
  public let reached: Reached

  public init(_ requirement: Requirement, _ reached: Reached) {
    self.requirement = requirement
    self.reached = reached
  }
}
