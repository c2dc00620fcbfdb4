import Tables

/// Why an expression cannot be run, found before any row is read; without prose, save PCRE2's own message.
public enum ExpressionError: Error, Sendable, Hashable {
  case wrongTypes(Function, [ColumnType])
  /// The pattern, the byte at which it goes wrong and what PCRE2 says of it.
  case badPattern(String, offset: Int, message: String)
  /// The pattern has fewer groups than the one asked for.
  case noSuchGroup(String, Int)
  /// An argument, counted from 0, that has to be a literal.
  case notLiteral(Function, argument: Int)
  /// A word that is no unit, or a unit of the time of day for a date.
  case badUnit(String)
  /// A date format with a directive that is not known.
  case badFormat(String)
  /// What is no offset from UTC.
  case badZone(String)
  /// Marks that no number is written with, or one mark for two things.
  case badConvention(decimal: String, group: String)
  /// An aggregate that was not fitted yet.
  case notFitted(Aggregate)
  /// An aggregate's part in `quantile` that is no literal from 0 to 1, or types that it does not take.
  case badAggregate(Aggregate)
  /// A function of the rows around where there is one row at hand.
  case notOrdered(WindowFunction)
  /// Types that a function of the rows around does not take, or numbers of rows that are no literals from 1 up.
  case badWindow(WindowFunction)
  /// One column with two types in the same expression.
  case conflictingColumn(String)
  /// Calls nested past `CompiledExpression.maximumDepth`, or more parts than `maximumParts`.
  case tooLarge
}
