import Synchronization

/// What is known of one column's cells, computed when it is first asked for and kept with the column: whoever asks later, of
/// whichever part of the rows, shares it.
public final class ColumnStatistics: Sendable {
  public let column: Column
  private let keptCodes = Mutex<CategoryCodes?>(nil)

  public init(_ column: Column) { self.column = column }

  /// The column's different values, and the place of each row's among them. O(rows) the first time.
  public var codes: CategoryCodes {
    keptCodes.withLock { kept in
      if let kept { return kept }
      let made = CategoryCodes(column)
      kept = made
      return made
    }
  }
}
