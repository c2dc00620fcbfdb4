import Tables

/// Statistics over the rows at hand. Missing cells are skipped.
public enum Aggregate: String, Sendable, Hashable, CaseIterable {
  case count, sum, mean

  /// The type of the statistic for arguments of these types; nil where it does not take them.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    types.count == 1 && types.allSatisfy(\.isNumeric) ? .float : nil
  }
}
