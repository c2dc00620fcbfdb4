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
    guard let (low, high) = try middle(of: value, on: table, progress) else { return nil }
    return NumberSteps(from: low, to: high, width: roundWidth((high - low) / 10, isWhole: value.type == .int))
  }

  /// Steps from fine ones, of which there are about 64 from the 5th to the 95th percentile, to those of which there are two: each twice as
  /// wide as the ones before, so that what stands in one step stands in one of the next too.
  static func widening(
    _ value: Expression, on table: Table, _ progress: Progress
  ) throws(EngineError) -> [NumberSteps] {
    guard let (low, high) = try middle(of: value, on: table, progress), low < high, (high - low).isFinite else {
      return []
    }
    var all: [NumberSteps] = []
    var width = roundWidth((high - low) / 64, isWhole: value.type == .int)
    while width < mostWidth, (low / width).rounded(.down) < (high / width).rounded(.down) {
      all.append(NumberSteps(from: low, to: high, width: width))
      width *= 2
    }
    return all
  }

  /// Ints hold the ends of steps of less.
  private static let mostWidth = 1e18

  private init(from low: Double, to high: Double, width: Double) {
    self.init(width: width, first: (low / width).rounded(.down) * width, last: (high / width).rounded(.down) * width)
  }

  private static func middle(
    of value: Expression, on table: Table, _ progress: Progress
  ) throws(EngineError) -> (low: Double, high: Double)? {
    guard let low = try quantile(0.05, of: value, on: table, progress),
      let high = try quantile(0.95, of: value, on: table, progress)
    else { return nil }
    return (low, high)
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
