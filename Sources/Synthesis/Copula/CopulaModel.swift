import Tables

/// What is known of a table's rows to make others like them: for each column how its values are distributed and how often they are missing,
/// and how columns hang together, as correlations of normal numbers (a Gaussian copula; Nelsen, An Introduction to Copulas, 2006). It holds
/// no row.
///
/// Where classes of a column are told apart, each has distributions and correlations of its own.
public struct CopulaModel: Sendable, Hashable {
  /// A column that is made.
  public struct Member: Sendable, Hashable {
    public let name: String
    public let type: ColumnType
    /// How guarded the column is that it is made after.
    public let level: ColumnLevel
  }

  /// Rows that are made alike.
  struct Group: Sendable, Hashable {
    /// Of all rows.
    let share: Double
    /// The value of the column that tells groups apart; missing where there is none.
    let value: Cell
    /// One for each column; nil where it has no value at all.
    let marginals: [Marginal?]
    /// For each pattern how large a share of the rows misses its columns.
    let missing: [Double]
    /// Of the columns that hang together, and behind them of the patterns.
    let correlations: CorrelationMatrix
  }

  /// What the rows are called that it is made after.
  public let name: String
  public let rowCount: Int
  public let members: [Member]
  /// The column that tells groups apart.
  let by: Int?
  /// The columns that hang together.
  let latent: [Int]
  /// Columns that are missing in the same rows.
  let patterns: [[Int]]
  let groups: [Group]

  /// Of how many numbers a row is drawn.
  var dimensions: Int { latent.count + patterns.count }

  /// The column whose classes have distributions of their own.
  public var classColumn: String? { by.map { members[$0].name } }
  public var classCount: Int { groups.count }
}
