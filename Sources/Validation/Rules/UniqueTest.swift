import Kernels
import Plan
import Tables

/// `unique(country, city)`: no other row has the same values. A row with a missing one is not compared.
public struct UniqueTest: RuleTest {
  public let columns: [String]

  public init(_ columns: [String]) { self.columns = columns }

  public var key: StepKey { StepKey("unique", columns) }
  public var reach: RuleReach { .rows }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    let found = try RepeatedValues(columns, of: rows).found(progress)
    return PlacesWatch(failing: found.repeated, missing: found.missing)
  }
}

/// Rows that were found by their places before the first chunk.
struct PlacesWatch: RuleWatch {
  private let failing: Bitmap
  private var missing: Int
  private var start = 0

  init(failing: Bitmap, missing: Int) {
    self.failing = failing
    self.missing = missing
  }

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    // Rows that came to be more than were counted pass.
    let rows = (0..<chunk.rowCount).filter { start + $0 < failing.count && failing[start + $0] }
    start += chunk.rowCount
    defer { missing = 0 }
    return RuleFailures(rows: rows, missing: missing)
  }
}
