import Expressions
import Kernels
import Plan
import Tables

/// `age in 18..110`, and of statistics alone `mean(age) in 20..40`, which holds of the table or not.
public struct ConditionTest: RuleTest {
  public let expression: Expression

  /// `expression` is true or false, without functions of the rows around.
  public init(_ expression: Expression) { self.expression = expression }

  public var key: StepKey { StepKey("condition", [expression.display]) }
  public var columns: [String] { expression.columns }

  public var reach: RuleReach {
    if !expression.isFitted { return .row }
    return expression.readsRows ? .rows : .table
  }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    guard expression.isFitted else { return ConditionWatch(expression: expression) }
    let settled = try expression.settled(on: try rows.table(Set(columns), progress), progress)
    if expression.readsRows { return ConditionWatch(expression: settled) }
    return StatisticWatch(expression: settled)
  }
}

/// A condition over the row, its statistics settled.
private struct ConditionWatch: RuleWatch {
  let expression: Expression

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    guard case .bool(let cells) = try expression.column(over: chunk, progress) else {
      throw EngineError(.column(.notTruth(.rule, words: expression.display)))
    }
    return RuleFailures(rows: (0..<cells.count).filter { cells[$0] == false }, missing: cells.missingCount)
  }
}

/// A condition without a column left.
private struct StatisticWatch: RuleWatch {
  let expression: Expression

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures { RuleFailures() }

  mutating func finish() throws(EngineError) -> TableFinding? {
    do throws(ExpressionError) {
      let compiled = try CompiledExpression(expression)
      let cell = compiled.evaluate(row: [], compiled.makeScratch())
      if case .bool(let holds) = cell { return TableFinding(holds: holds, .statistics) }
      return TableFinding(holds: nil, .statistics)
    } catch {
      throw EngineError(.column(.expression(expression.display, error)))
    }
  }
}

extension Expression {
  /// Whether a column stands outside of all statistics, so that rows differ.
  fileprivate var readsRows: Bool {
    switch self {
    case .column: true
    case .literal, .missing, .aggregate: false
    case .call(_, let arguments), .window(_, let arguments): arguments.contains(where: \.readsRows)
    }
  }
}
