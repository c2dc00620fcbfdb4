import Kernels
import Tables

/// Orders rows by columns; equal rows keep their order, and missing comes last in either direction.
public struct Sort: RowChooser {
  public struct Key: Sendable, Hashable {
    public let column: String
    public let isDescending: Bool

    public init(_ column: String, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  private let keys: [Key]
  public let words: String

  public init(by keys: [Key], words: String) {
    self.keys = keys
    self.words = words
  }

  public var key: StepKey { StepKey("sort", keys.flatMap { [$0.column, $0.isDescending ? "down" : "up"] }) }
  public var reads: [String] { keys.map(\.column) }
  public var choice: RowDependence { .order }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    ChosenRows(rows: try order(of: .whole(table), progress).map { Int($0) })
  }

  /// One column after the other is looked at, the last first.
  public func order(of rows: Rows, _ progress: Progress) throws(EngineError) -> [Int32] {
    var order = try EngineError.checking { () throws(Cancelled) in
      try RowOrder(rowCount: rows.rowCount, progress)
    }
    for key in keys.reversed() {
      guard let column = try rows.table([key.column], progress)[key.column] else { continue }
      try EngineError.checking { () throws(Cancelled) in
        try order.sort(by: column, isDescending: key.isDescending, progress)
      }
    }
    return order.rows
  }
}
