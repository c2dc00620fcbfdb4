import Expressions
import Kernels
import Tables

/// Keeps the rows for which a condition is true; a row for which it is missing is left out and counted.
public struct Filter: RowChooser {
  private let expression: Expression
  public let words: String
  /// Whether scored rows outside the condition are flagged.
  private let isRecorded: Bool

  public init(_ condition: Expression, words: String, isRecorded: Bool = true) {
    expression = condition
    self.words = words
    self.isRecorded = isRecorded
  }

  public var key: StepKey { StepKey("filter", [expression.display]) }
  public var reads: [String] { expression.columns }
  public var choice: RowDependence { expression.isFitted ? .statistics : .none }
  public var test: Expression? { expression.isFitted ? nil : expression }
  public var condition: Expression? { isRecorded && !expression.isFitted ? expression : nil }

  public func settled(on table: Table, _ progress: Progress) throws(EngineError) -> any RowChooser {
    Filter(try expression.settled(on: table, progress), words: words, isRecorded: isRecorded)
  }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    let (column, counts) = try expression.evaluated(over: table, progress)
    guard case .bool(let cells) = column else {
      throw EngineError(.column(.notTruth(.condition, words: words)))
    }
    var rows: [Int] = []
    for row in 0..<cells.count where cells.isValid(row) && cells.values[row] { rows.append(row) }
    return ChosenRows(rows: rows, missing: cells.missingCount, counts: counts)
  }

  public func remark(_ count: ChoiceCount) -> RowRemark? { .condition(wrong: count.left, missing: count.missing) }
}

extension Expression {
  /// The expression with its statistics settled on the rows of a table. Throws `badOption` for one that cannot be, or `interrupted`.
  public func settled(on table: Table, _ progress: Progress) throws(EngineError) -> Expression {
    do {
      return try fitted(on: table, progress)
    } catch {
      switch error {
      case .cancelled: throw .cancelled
      case .expression(let reason): throw EngineError(.column(.expression(display, reason)))
      }
    }
  }

  /// The expression's value for every row. It has no aggregates left, and its columns are in the table.
  /// Throws `unknownColumn`, `badPattern`, or `interrupted`.
  public func column(over table: Table, _ progress: Progress) throws(EngineError) -> Column {
    try evaluated(over: table, progress).column
  }

  /// The same with what is to be said of the cells.
  func evaluated(
    over table: Table, _ progress: Progress
  ) throws(EngineError) -> (column: Column, counts: EvaluationCounts) {
    var inputs: [Column] = []
    for name in columns {
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      inputs.append(column)
    }
    let compiled: CompiledExpression
    do {
      compiled = try CompiledExpression(self)
    } catch {
      throw EngineError(.column(.expression(display, error)))
    }
    return try EngineError.checking { () throws(Cancelled) in
      try compiled.evaluate(inputs, rowCount: table.rowCount, progress)
    }
  }
}
