import Expressions
import Kernels
import Plan
import Tables

extension NumberSteps {
  /// Steps of a round width, about ten of them from the 5th to the 95th percentile of a value; nil where it has none. Which cells lie
  /// there cannot be told from the ends: those are round too.
  static func fitting(
    _ value: Expression, on table: Table, _ progress: Progress
  ) throws(EngineError) -> NumberSteps? {
    guard let low = try quantile(0.05, of: value, on: table, progress),
      let high = try quantile(0.95, of: value, on: table, progress)
    else { return nil }
    let width = roundWidth((high - low) / 10, isWhole: value.type == .int)
    return NumberSteps(
      width: width, first: (low / width).rounded(.down) * width, last: (high / width).rounded(.down) * width)
  }

  private static func quantile(
    _ part: Double, of value: Expression, on table: Table, _ progress: Progress
  ) throws(EngineError) -> Double? {
    let statistic = Expression.aggregate(.quantile, [value, .literal(.float(part))])
    if case .literal(let cell) = try statistic.settled(on: table, progress) { return cell.number }
    return nil
  }

  /// The least of 1, 2, 5, 10, 20, … and their tenths that is not below a width.
  private static func roundWidth(_ width: Double, isWhole: Bool) -> Double {
    guard width > 0, width < 1e300 else { return 1 }
    var unit = 1.0
    while unit > width { unit /= 10 }
    while unit * 10 <= width { unit *= 10 }
    let round = [1.0, 2, 5, 10].map { $0 * unit }.first { $0 >= width } ?? unit * 10
    return isWhole ? max(1, round) : round
  }
}
