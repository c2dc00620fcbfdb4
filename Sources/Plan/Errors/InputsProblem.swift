import Tables

/// Why rows cannot be given to a model.
public enum InputsProblem: Sendable, Equatable {
  case mismatch(InputsMismatch)
  /// The cells that the model takes are not there: a step, or with nil the cut, worked on what one that the model contains had made.
  case overwritten(input: String, by: String?, after: String)
  /// Whether the model contains the steps that made a column is not known.
  case stepsUnknown(input: String, steps: [String])
  /// A cell, at a row counted from 1, that has no value of the type that the model takes; with how many more.
  case wrongType(String, ColumnType, takes: ColumnType, row: Int, text: String, others: Int)

  var code: EngineError.Code {
    switch self {
    case .mismatch: .unknownColumn
    case .overwritten, .stepsUnknown, .wrongType: .wrongType
    }
  }
}

/// Rows whose columns are not a model's inputs.
public struct InputsMismatch: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// None of the inputs is there.
    case none
    /// Too many are not.
    case lacking([String])
    /// One is not, where all have to be.
    case missing(String)
    /// A column is none, where no other is taken.
    case extra(String)
  }

  /// What the rows are called.
  public let name: String
  public let reason: Reason
  public let inputs: [String]
  public let columns: [String]
  /// Renamings that may be meant: from a column that is there to an input that is not.
  public let likely: [Step.Rename]

  public init(
    _ name: String, _ reason: Reason, inputs: [String], columns: [String], likely: [Step.Rename]
  ) {
    self.name = name
    self.reason = reason
    self.inputs = inputs
    self.columns = columns
    self.likely = likely
  }
}
