import Expressions
import Tables

/// What can be wrong with a column that a step reads or makes.
public enum ColumnProblem: Sendable, Equatable {
  /// There is none of that name, in the table named.
  case unknown(String, in: String? = nil)
  /// There is none of that name among the rows that were judged.
  case notJudged(String)
  /// A step, by its words, reads a column that is not there.
  case unreadable(by: String)
  /// There is one of that name already.
  case taken(String)
  /// It comes from a fitted step, by its words, and is read where nothing is fitted yet.
  case fitted(String, by: String)
  case encoded(String)
  /// A method is not for its type.
  case wrongType(String, ColumnType, for: ColumnUse)
  /// It has whole numbers, one of them this, that a float would round, and a step that makes it float: by the method's word.
  case losesDigits(String, Int64, by: String)
  /// Cells of it could not be read, or could be read in two ways, where a stage is to stop at one.
  case unread(CellChanges)
  /// It has more different texts than a step can keep in a table.
  case tooManyTexts(String, Int, most: Int)
  /// Neither true nor false: a condition or a rule, by its words.
  case notTruth(TruthUse, words: String)
  /// An expression, by its words, that cannot be run.
  case expression(String, ExpressionError)

  var code: EngineError.Code {
    switch self {
    case .unknown, .notJudged, .unreadable: .unknownColumn
    case .taken: .duplicateName
    case .fitted: .fittedTooEarly
    case .encoded, .wrongType, .losesDigits, .unread, .notTruth: .wrongType
    case .tooManyTexts: .tooLarge
    case .expression(_, let error):
      switch error {
      case .badPattern, .noSuchGroup: .badPattern
      case .wrongTypes, .notLiteral, .notFitted, .badAggregate, .notOrdered, .badWindow, .conflictingColumn: .wrongType
      case .badUnit, .badFormat, .badZone, .badConvention: .badOption
      case .tooLarge: .tooLarge
      }
    }
  }
}

/// What a column of another type was to be used for.
public enum ColumnUse: Sendable, Equatable {
  /// A statistic that is of numbers, by the method's word.
  case statistic(String)
  /// To be filled with a value, by the method's word.
  case filling(String)
  case scaling
  /// To be cleaned, by the stage's words: `fix … = number`.
  case cleaning(String)
}

/// What has to be true or false.
public enum TruthUse: Sendable, Equatable { case condition, rule }
