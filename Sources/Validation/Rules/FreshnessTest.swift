import Kernels
import Plan
import Tables

/// `fresher_than(updated, days(2))`: the newest date or moment is no more than so long before another. A date counts from its midnight in
/// UTC. Rows without any are not fresh.
public struct FreshnessTest: RuleTest {
  public let column: String
  /// Seconds.
  public let age: Int64
  /// What it is held against, in microseconds since 1970 in UTC.
  public let moment: Int64

  public init(_ column: String, age: Int64, before moment: Int64) {
    self.column = column
    self.age = age
    self.moment = moment
  }

  /// The microseconds at which a day begins; of one past what they reach the last of them.
  public static func midnight(of days: Int32) -> Int64 {
    let (moment, isPast) = Int64(days).multipliedReportingOverflow(by: 86_400_000_000)
    return isPast ? (days > 0 ? .max : .min) : moment
  }

  public var columns: [String] { [column] }
  public var key: StepKey { StepKey("fresher_than", [column, "\(age)", "\(moment)"]) }
  public var reach: RuleReach { .table }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    FreshnessWatch(test: self)
  }
}

private struct FreshnessWatch: RuleWatch {
  let test: FreshnessTest
  var newest: Int64?

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    switch try test.cells(of: [test.column], in: chunk)[0] {
    case .date(let cells):
      for row in 0..<cells.count where cells.isValid(row) { note(FreshnessTest.midnight(of: cells.values[row])) }
    case .datetime(let cells): for row in 0..<cells.count where cells.isValid(row) { note(cells.values[row]) }
    default: throw EngineError(.column(.unreadable(by: "fresher_than")))
    }
    return RuleFailures()
  }

  private mutating func note(_ moment: Int64) { newest = max(newest ?? moment, moment) }

  mutating func finish() throws(EngineError) -> TableFinding? {
    guard let newest else { return TableFinding(holds: false, .newest(nil, age: 0)) }
    let (difference, isPast) = test.moment.subtractingReportingOverflow(newest)
    let age = (isPast ? (newest > 0 ? .min : .max) : difference) / 1_000_000
    return TableFinding(holds: age <= test.age, .newest(newest, age: age))
  }
}
