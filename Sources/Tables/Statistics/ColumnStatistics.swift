import Kernels

/// What is known of one column's cells, computed when it is first asked for and kept with the column: whoever asks later shares it.
/// What is asked of some of the rows is kept likewise, by these rows.
public final class ColumnStatistics: Sendable {
  public let column: Column
  private let memo: StatisticsMemo

  public convenience init(_ column: Column) { self.init(column, StatisticsMemo()) }

  private init(_ column: Column, _ memo: StatisticsMemo) {
    self.column = column
    self.memo = memo
  }

  /// What is known of the cells at some rows.
  public func memo(at rows: RowList) -> StatisticsMemo {
    rows.isWhole(of: column.count) ? memo : memo.part(rows)
  }

  /// The cells at `rows`, in that order, with what is known of these; the column itself where these are all. O(rows).
  public func take(_ rows: RowList) -> ColumnStatistics {
    rows.isWhole(of: column.count) ? self : ColumnStatistics(column.take(rows), memo(at: rows))
  }

  /// A statistic of the column's cells that is made once.
  public func kept<Value: Sendable, Failure: Error>(
    _ key: some Hashable & Sendable, _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try memo.kept(key, make)
  }

  private enum Key: Hashable { case codes, profile(ProfileDepth) }

  /// The column's different values, and the place of each row's among them. O(rows) the first time.
  public var codes: CategoryCodes { kept(Key.codes) { CategoryCodes(column) } }

  /// The column's figures, of a nameless column and with `ValueCounts.mostTop` frequent values. O(rows) the first time.
  func profile(_ depth: ProfileDepth, _ progress: Progress) throws(Cancelled) -> ColumnProfile {
    try kept(Key.profile(depth)) { () throws(Cancelled) in
      try ColumnProfile("", column, top: ValueCounts.mostTop, depth, progress)
    }
  }
}
