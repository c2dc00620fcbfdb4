import Tables

/// A column on its way through a recipe: cells of the raw table, looked at at the rows at hand, or cells that a step made for
/// these rows.
public struct RecipeColumn: Sendable {
  /// The cells with what is known of them.
  public let statistics: ColumnStatistics
  /// Where in the cells the rows at hand stand.
  public let rows: RowList
  /// Whether these are the raw table's own cells.
  let isRaw: Bool

  /// The cells at the rows at hand. O(rows), or nothing where they are all cells in their order.
  public var gathered: Column { statistics.column.take(rows) }

  public var type: ColumnType { statistics.column.type }

  /// How many of the rows at hand have no value.
  public var missingCount: Int { statistics.column.missingCount(at: rows) }
}
