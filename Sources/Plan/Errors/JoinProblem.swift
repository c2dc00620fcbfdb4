import Tables

/// What can be wrong with tables that are put together.
public enum JoinProblem: Sendable, Equatable {
  /// Key columns whose values are never equal: of the table at hand, and of the other by its name.
  case unlikeKeys(Field, Field, in: String)
  /// A column, of the table named, that rows are not found by.
  case noKey(Field, in: String)
  /// A column, of the table named, that has no order to look up the nearest row in.
  case noOrder(Field, in: String)
  /// So many keys stand in several rows of a table, where each was to stand in one: by the word that was expected.
  case repeated(keys: Int, in: String, expected: String)
  /// So many rows would come of tables of so many.
  case tooManyRows(Int, of: Int, and: Int)
  /// A column of vectors, in the table named, which cannot be missing where a row has no match.
  case neverMissing(String, in: String)
  /// The name that a column of the other table would get is taken.
  case takenName(String, for: String)
  /// A column that has types in two tables, by their names, which are not one.
  case unlikeColumn(String, first: FieldPlace, second: FieldPlace)
  /// A column of vectors, in the table named: those of two tables need not have the same places.
  case vectors(String, in: String)

  var code: EngineError.Code {
    switch self {
    case .unlikeKeys, .noKey, .noOrder, .neverMissing, .unlikeColumn, .vectors: .wrongType
    case .repeated: .validationFailed
    case .tooManyRows: .tooLarge
    case .takenName: .duplicateName
    }
  }
}

/// The type that a column has in a table, by its name.
public struct FieldPlace: Sendable, Equatable {
  public let type: ColumnType
  public let table: String

  public init(_ type: ColumnType, in table: String) {
    self.type = type
    self.table = table
  }
}
