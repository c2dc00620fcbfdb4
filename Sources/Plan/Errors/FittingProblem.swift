/// Why a learner could not learn from rows and features that are in order as such.
public enum FittingProblem: Sendable, Equatable {
  /// A value that is no finite number.
  case notFinite(LearnedPart)
  /// What a learner found is beyond the largest number.
  case overflow(FittedQuantity, LearnedPart, [Advice])
  /// A learner did not find what it looked for, because columns depend on each other.
  case dependent(learner: String, FittedQuantity, [Advice])
  case tooManyRows(Int, most: Int, learner: String)
  /// More rows and classes than a learner can order together.
  case tooManyRecords(rows: Int, classes: Int, learner: String, [Advice])
  /// More leaves than may be, each with a value for every class, of which there may be `values`.
  case tooManyLeaves(most: Int, classes: Int, values: Int, learner: String, [Advice])
  /// More places of the feature vector than a scoring graph has.
  case tooManyPlaces(Int, most: Int, [Advice])
  /// What was learned is larger than a scoring graph can be.
  case tooLargeForGraph(learner: String)
  /// There is not the memory for so many numbers of 8 bytes.
  case memory(rows: Int, numbers: Int)
  /// No column is a feature; those that were offered are left out for these reasons.
  case noFeature([LeftOut])
  /// A learner, by its name, to which every row counts alike.
  case weights(learner: String)
  /// A learner, by its name, that counts rows, and so takes whole weights only.
  case fractionalWeights(learner: String)
  /// Weights that are not one finite number a row, or of which one is below zero.
  case badWeights
  /// A tree whose nodes hold more cells together than there is time for.
  case tooManyCells(most: Int, learner: String, [Advice])
  /// Every candidate of a search failed.
  case everyCandidate([CandidateFailure])

  var code: EngineError.Code {
    switch self {
    case .notFinite, .overflow, .noFeature, .everyCandidate, .tooLargeForGraph: .trainingFailed
    case .dependent: .notConverged
    case .weights, .fractionalWeights: .unsupported
    case .badWeights: .trainingFailed
    case .tooManyCells, .tooManyPlaces: .tooLarge
    case .tooManyRows, .tooManyRecords, .tooManyLeaves, .memory: .tooLarge
    }
  }
}

/// The part of what is learned from that is at fault.
public enum LearnedPart: Sendable, Equatable {
  case label
  case column(String)
  /// The learner's answer as a whole, by its name.
  case learner(String)
}

/// What learners find.
public enum FittedQuantity: Sendable, Equatable {
  case weight, weights, intercept, leafValue
  /// The weights of text columns with very many categories.
  case categoryWeights
}

/// What may be changed for it to succeed.
public enum Advice: Sendable, Equatable {
  /// An option with a value.
  case set(String, to: String)
  /// An option with a value above a bound.
  case raise(String, above: String)
  /// Training's own scaling of all numbers.
  case scaleAll
  case scale(column: String)
  case fewerRows, fewerClasses, fewerCategories
}

/// A column that is no feature, and why.
public struct LeftOut: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// It has no value in the rows to learn from.
    case noValue
    /// So many different texts in so many rows tell rows apart, not groups of them.
    case identity(texts: Int, rows: Int)
  }

  public let column: String
  public let reason: Reason

  public init(_ column: String, _ reason: Reason) {
    self.column = column
    self.reason = reason
  }
}

/// A candidate that failed.
public struct CandidateFailure: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case problem(EngineProblem)
    /// The figure that it would be ranked by is not defined.
    case undefined(UndefinedFigure)
    /// As a package kept it, in words.
    case kept(String)
  }

  public let algorithm: String
  public let reason: Reason?

  /// Without a reason it came to no figure.
  public init(_ algorithm: String, _ reason: Reason?) {
    self.algorithm = algorithm
    self.reason = reason
  }
}
