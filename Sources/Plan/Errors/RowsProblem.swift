import Kernels

/// What can be wrong with rows, and with the parts that they are divided into.
public enum RowsProblem: Sendable, Equatable {
  /// A table, by its name, has none.
  case none(in: String)
  case noneLabelled(in: String)
  /// The recorded steps leave none to learn from.
  case noneLeft(in: String)
  /// A learner, by its name, needs more rows to learn from.
  case tooFew(Int, needed: Int, by: String)
  /// Folds cannot be made of so few.
  case tooFewForFolds(in: String)
  case tooFewForFoldCount(Int, RowUnit, folds: Int)
  /// A part, by its name, would get none for its share.
  case emptyPart(String, RowUnit, share: Double)
  /// A column that names the parts names none of the rows as one to learn from.
  case noneToLearn(column: String)
  /// A model, by its name, came without rows: it cannot be judged by its own.
  case noneOfModel(String)
  /// The same for rows to train on.
  case noneToTrain
  /// A model, by its name, cannot be trained again on folds.
  case noFolds(model: String)
  case noTestPart
  /// Rows that would take more memory than there is.
  case tooMany(Int, OutOfMemory)
  /// Work that was refused memory.
  case memory(OutOfMemory)
  /// A step, by its words, that would compare rows more often than there is time for.
  case tooManyComparisons(String)
  /// A step, by its words, that orders rows, which are not all in memory.
  case unordered(String)

  var code: EngineError.Code {
    switch self {
    case .none, .noneLabelled, .noneLeft, .tooFew, .tooFewForFolds: .noRows
    case .tooFewForFoldCount, .emptyPart, .noneToLearn: .emptyPart
    case .noneOfModel, .noneToTrain, .noFolds: .noSplit
    case .noTestPart: .noTestPart
    case .tooMany, .memory, .unordered, .tooManyComparisons: .tooLarge
    }
  }
}

/// What is kept together when rows are divided.
public enum RowUnit: Sendable, Equatable { case row, group, time }
