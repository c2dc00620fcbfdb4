import Kernels
import Tables

/// Keeps the first of the rows that agree in the columns named.
public struct Dedupe: RowChooser {
  private let columns: [String]
  public let words: String

  public init(by columns: [String], words: String) {
    self.columns = columns
    self.words = words
  }

  public var key: StepKey { StepKey("dedupe", columns.sorted()) }
  public var reads: [String] { columns }
  public var choice: RowDependence { .rows }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    let keys = columns.compactMap { table[$0] }
    var seen: Set<[Cell]> = []
    var rows: [Int] = []
    for row in 0..<table.rowCount {
      if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
      if seen.insert(keys.map { $0[row] }).inserted { rows.append(row) }
    }
    return ChosenRows(rows: rows)
  }

  public func remark(_ count: ChoiceCount) -> RowRemark? { .repeated(count.left) }
}
