/// How the floats of a column, or one figure, are written.
public enum NumberFormat: Sendable, Equatable {
  /// Four significant digits for the value that needs most, and the same decimals for all others of the column.
  case automatic
  /// So many significant digits at the value that needs most. In a text it is fractions that are written with no more.
  case significant(Int)
  case decimals(Int)
  /// A share as a percentage: 0.125 is `12.5%` with one decimal.
  case percent(decimals: Int)
  /// The shortest text that reads back as the same number.
  case exact
}
