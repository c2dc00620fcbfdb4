import Tables

/// Why a table cannot get another form.
public enum ReshapingProblem: Sendable, Equatable {
  /// Several rows would share one cell of the column named: so many, of these keys.
  case manyRows(Int, column: String, of: [KeyCell])
  /// The values of a column would be so many new ones.
  case tooManyColumns(Int, most: Int, of: String)
  /// A value of a column that can be no column's name.
  case noName(Cell, of: String)
  /// Columns of types that no column holds together.
  case mixedTypes(String, ColumnType, with: String, ColumnType)
  /// A whole number of a column that a float, as the cells of other columns are, would round.
  case losesDigits(String, Int64)
  /// A value that the cells of a column's type cannot be filled with.
  case badFill(Cell, ColumnType)

  /// A column with one of its values.
  public struct KeyCell: Sendable, Hashable {
    public let column: String
    public let cell: Cell

    public init(_ column: String, _ cell: Cell) {
      self.column = column
      self.cell = cell
    }
  }

  var code: EngineError.Code {
    switch self {
    case .manyRows, .noName, .badFill: .badOption
    case .tooManyColumns: .tooLarge
    case .mixedTypes, .losesDigits: .wrongType
    }
  }
}
