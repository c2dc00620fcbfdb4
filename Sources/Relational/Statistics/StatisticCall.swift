import Expressions
import Tables

/// A statistic that is asked of each group: an aggregate and the expressions that it is of.
struct StatisticCall: Sendable, Hashable {
  let aggregate: Aggregate
  let arguments: [Expression]

  init(_ aggregate: Aggregate, _ arguments: [Expression]) {
    self.aggregate = aggregate
    self.arguments = arguments
  }

  /// What it is of, without a quantile's part.
  var values: [Expression] { aggregate == .quantile ? Array(arguments.prefix(1)) : arguments }

  /// The part of a quantile; a half for the median.
  var part: Double {
    if aggregate == .quantile, arguments.count == 2, case .literal(let cell) = arguments[1] {
      return cell.number ?? 0.5
    }
    return 0.5
  }

  var type: ColumnType { Expression.aggregate(aggregate, arguments).type }

  /// Whether it leaves out missing cells of which nothing is seen in what it gives.
  var leavesOut: Bool { aggregate != .count && aggregate != .countMissing }
}
