import Expressions
import Kernels
import Plan
import Tables

/// `sum_close(debit, credit, 0.01)`: two totals over all rows differ by no more than a tolerance. Missing cells are passed over; an
/// expression without columns is the total itself.
public struct SumTest: RuleTest {
  public let left: Expression
  public let right: Expression
  public let tolerance: Double

  /// The expressions are numbers without statistics.
  public init(_ left: Expression, _ right: Expression, tolerance: Double) {
    self.left = left
    self.right = right
    self.tolerance = tolerance
  }

  public var columns: [String] { Expression.call(.add, [left, right]).columns }
  public var key: StepKey { StepKey("sum_close", [left.display, right.display, "\(tolerance)"]) }
  public var reach: RuleReach { .table }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    SumWatch(test: self)
  }
}

private struct SumWatch: RuleWatch {
  let test: SumTest
  var left = CompensatedSum()
  var right = CompensatedSum()

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    try Self.add(test.left, of: chunk, to: &left, progress)
    try Self.add(test.right, of: chunk, to: &right, progress)
    return RuleFailures()
  }

  private static func add(
    _ expression: Expression, of chunk: Table, to sum: inout CompensatedSum, _ progress: Progress
  ) throws(EngineError) {
    if expression.columns.isEmpty { return }
    switch try expression.column(over: chunk, progress) {
    case .int(let cells):
      for row in 0..<cells.count where cells.isValid(row) { sum.add(Double(cells.values[row])) }
    case .float(let cells): for row in 0..<cells.count where cells.isValid(row) { sum.add(cells.values[row]) }
    default: throw EngineError(.column(.unreadable(by: "sum_close")))
    }
  }

  mutating func finish() throws(EngineError) -> TableFinding? {
    let (first, second) = (try total(test.left, left), try total(test.right, right))
    return TableFinding(holds: abs(first - second) <= test.tolerance, .sums(first, second))
  }

  private func total(_ expression: Expression, _ sum: CompensatedSum) throws(EngineError) -> Double {
    guard expression.columns.isEmpty else { return sum.total }
    do throws(ExpressionError) {
      let compiled = try CompiledExpression(expression)
      return compiled.evaluate(row: [], compiled.makeScratch()).number ?? .nan
    } catch {
      throw EngineError(.column(.expression(expression.display, error)))
    }
  }
}

/// Neumaier's sum (1974): what addition rounds away is kept beside it. It depends on the order of the rows and not on how they come.
private struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    if next.isFinite { lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum }
    sum = next
  }

  var total: Double { sum + lost }
}
