import Kernels
import Tables

/// Why the statistics inside an expression could not be fitted.
public enum FittingError: Error, Sendable, Hashable {
  case expression(ExpressionError)
  case cancelled
}

extension Expression {
  /// The expression with each statistic replaced by its value over the rows of a table; a statistic without a value is missing.
  /// Columns are found by name; one that is not there is missing. Statistics inside statistics are fitted first.
  public func fitted(on table: Table, _ progress: Progress) throws(FittingError) -> Expression {
    guard isBounded else { throw .expression(.tooLarge) }
    switch self {
    case .column, .literal, .missing: return self
    case .call(let function, let arguments):
      guard isFitted else { return self }
      var fitted: [Expression] = []
      for argument in arguments { fitted.append(try argument.fitted(on: table, progress)) }
      return .call(function, fitted)
    case .aggregate(let aggregate, let arguments):
      let cell = try Self.cell(of: aggregate, arguments, on: table, progress)
      guard let cell else { return .noValue(type) }
      return cell == .missing ? .missing(type) : .literal(cell)
    case .window(let function, _): throw .expression(.notOrdered(function))
    }
  }

  /// What is asked of a column, whatever it is called: it may be renamed.
  private struct Asked: Hashable {
    let aggregate: Aggregate
    let type: ColumnType
    let part: Expression?
  }

  /// The value of a statistic over the rows of a table, nil for one past what its type holds; that of a column as it stands is made
  /// once and kept with the column.
  private static func cell(
    of aggregate: Aggregate, _ arguments: [Expression], on table: Table, _ progress: Progress
  ) throws(FittingError) -> Cell? {
    func made() throws(FittingError) -> Cell? {
      let (columns, part) = try self.arguments(of: aggregate, arguments, on: table, progress)
      return aggregate.computed(columns, part: part, rowCount: table.rowCount)
    }
    guard aggregate != .correlation, case .column(let name, let type)? = arguments.first,
      let statistics = table.statistics(of: name)
    else { return try made() }
    let asked = Asked(aggregate: aggregate, type: type, part: arguments.dropFirst().first)
    return try statistics.kept(asked, made)
  }

  /// What stands for a statistic past what its type holds: a computation without a value, so that each row that needs it is counted.
  private static func noValue(_ type: ColumnType) -> Expression {
    type == .int
      ? .call(.floorDivide, [.literal(.int(1)), .literal(.int(0))])
      : .call(.divide, [.literal(.float(1)), .literal(.float(0))])
  }

  /// The columns that a statistic is of, computed on the table, and quantile's part.
  private static func arguments(
    of aggregate: Aggregate, _ arguments: [Expression], on table: Table, _ progress: Progress
  ) throws(FittingError) -> (columns: [Column], part: Double?) {
    guard aggregate.result(arguments.map(\.type)) != nil, aggregate.hasValidPart(arguments) else {
      throw .expression(.badAggregate(aggregate))
    }
    var part: Double?
    if aggregate == .quantile, case .literal(let cell) = arguments[1] { part = cell.number }
    var columns: [Column] = []
    for argument in aggregate == .quantile ? [arguments[0]] : arguments {
      let compiled = try compiled(try argument.fitted(on: table, progress))
      let inputs = compiled.inputs.map { table[$0.name] ?? .missing($0.type, count: table.rowCount) }
      do throws(Cancelled) {
        columns.append(try compiled.evaluate(inputs, rowCount: table.rowCount, progress).column)
      } catch {
        throw .cancelled
      }
    }
    return (columns, part)
  }

  private static func compiled(_ expression: Expression) throws(FittingError) -> CompiledExpression {
    do throws(ExpressionError) { return try CompiledExpression(expression) } catch { throw .expression(error) }
  }
}
