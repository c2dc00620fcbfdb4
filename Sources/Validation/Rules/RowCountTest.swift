import Kernels
import Plan
import Tables

/// `row_count(1000, 2000)`: how many rows there are, both ends included.
public struct RowCountTest: RuleTest {
  public let least: Int
  /// nil for any number.
  public let most: Int?

  public init(least: Int, most: Int?) {
    self.least = least
    self.most = most
  }

  public var columns: [String] { [] }
  public var key: StepKey { StepKey("row_count", ["\(least)"] + (most.map { ["\($0)"] } ?? [])) }
  public var reach: RuleReach { .table }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch { CountWatch(test: self) }
}

private struct CountWatch: RuleWatch {
  let test: RowCountTest
  var count = 0

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    count += chunk.rowCount
    return RuleFailures()
  }

  mutating func finish() throws(EngineError) -> TableFinding? {
    TableFinding(holds: count >= test.least && count <= test.most ?? .max, .rows(count))
  }
}
