/// What a join found.
public struct JoinCounts: Sendable, Hashable {
  /// Rows of a table that took part.
  public struct Side: Sendable, Hashable {
    public var rows: Int
    /// Those that have a match in the other table.
    public var matched: Int
    /// Those of which a key is missing, which match nothing.
    public var missing: Int

    public init(rows: Int, matched: Int, missing: Int) {
      self.rows = rows
      self.matched = matched
      self.missing = missing
    }
  }

  /// The name of the other table.
  public let other: String
  public let own: Side
  /// nil where it says nothing: a row of the other table may be the nearest of none.
  public let others: Side?
  /// Keys that are in both tables and stand in several rows of the other one.
  public let repeatedKeys: Int
  /// Pairs of rows that match.
  public let pairs: Int
  /// Rows of the result.
  public let rows: Int

  public init(other: String, own: Side, others: Side?, repeatedKeys: Int, pairs: Int, rows: Int) {
    self.other = other
    self.own = own
    self.others = others
    self.repeatedKeys = repeatedKeys
    self.pairs = pairs
    self.rows = rows
  }
}

/// What tables had that were put one below the other.
public struct UnionCounts: Sendable, Hashable {
  /// Rows of each table, by its name, in their order.
  public let parts: [Part]

  public struct Part: Sendable, Hashable {
    public let name: String
    public let rows: Int
    /// Columns of other tables that this one has not: its cells are missing there.
    public let lacking: [String]

    public init(name: String, rows: Int, lacking: [String]) {
      self.name = name
      self.rows = rows
      self.lacking = lacking
    }
  }

  public init(parts: [Part]) { self.parts = parts }
}
