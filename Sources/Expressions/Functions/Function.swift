import Tables

/// The row functions and operators. Closed: with the scoring operators they are the rows of the support matrix, and every
/// target answers for each.
public enum Function: String, Sendable, Hashable, CaseIterable {
  case add, subtract, multiply, divide

  /// The type of the result for arguments of these types; nil where the function does not take them.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    types.count == 2 && types.allSatisfy(\.isNumeric) ? .float : nil
  }
}
