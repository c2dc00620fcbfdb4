import Tables

/// Rows that were left out because they are nearly the same as an earlier one.
public struct NearGroups: Sendable, Hashable {
  /// A row that was kept, by its cells in the columns compared, and those that were left out beside it.
  public struct Group: Sendable, Hashable {
    public let kept: [Cell]
    public let rows: Int
    /// The cells of the first different ones of those left out.
    public let others: [[Cell]]

    public init(kept: [Cell], rows: Int, others: [[Cell]]) {
      self.kept = kept
      self.rows = rows
      self.others = others
    }
  }

  public let columns: [String]
  /// How many rows were kept for others.
  public let count: Int
  /// Those with the most others.
  public let largest: [Group]

  public init(columns: [String], count: Int, largest: [Group]) {
    self.columns = columns
    self.count = count
    self.largest = largest
  }
}
