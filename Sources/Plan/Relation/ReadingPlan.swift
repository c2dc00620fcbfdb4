/// What a whole script asks of a reading: the columns that are looked at, and the filters that may run while the source is read.
public struct ReadingPlan: Sendable {
  public var columns: ColumnNeeds
  /// The choices that come first after the reading, each of which looks at a row by itself. Nothing looks at the rows before them.
  public var filters: [any RowChooser]

  /// All columns and all rows.
  public static let whole = ReadingPlan(columns: .all, filters: [])

  public init(columns: ColumnNeeds, filters: [any RowChooser]) {
    self.columns = columns
    self.filters = filters
  }
}
