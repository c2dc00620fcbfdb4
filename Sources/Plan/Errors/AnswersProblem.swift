import Tables

/// What can be wrong with labels that are given by hand, and with the file that keeps them.
public enum AnswersProblem: Sendable, Equatable {
  /// The file is not there; whether questions were asked for, which nobody can answer where there is no prompt.
  case absent(file: String, asks: Bool)
  /// A column that the file should have, beside those that it has.
  case noColumn(String, file: String, has: [String])
  /// Columns of the file that would be lost when answers are added to it.
  case otherColumns([String], file: String)
  /// Two answers for one row: its key, or its number.
  case contradicting(key: String, file: String)
  /// An answer that is no class, or no cell of the label's type.
  case unknownClass(String, file: String, of: [Cell])
  /// A row that is another one than when it was answered.
  case otherRow(key: String, file: String)
  /// A column that is to tell rows apart and has a cell twice, or one that is missing.
  case notUnique(column: String, Cell)
  /// Questions without a class to answer them by, or with a single one.
  case tooFewClasses(label: String)

  var code: EngineError.Code {
    switch self {
    case .absent: .notFound
    case .noColumn, .otherColumns: .badFormat
    case .contradicting, .unknownClass, .otherRow, .tooFewClasses: .badLabel
    case .notUnique: .badOption
    }
  }
}
