import Notation

/// What is to be said of the cells that an evaluation made, counted over its rows.
public struct EvaluationCounts: Sendable, Hashable {
  /// Cells that are missing because a computation had no value: not a number, infinite, an overflow, unreadable text, a pattern that
  /// hit its limit.
  public var notANumber = 0
  /// Whole numbers that were computed with as floats, which do not hold all of their digits.
  public var rounded = 0
  /// Texts that were read as moments.
  public var moments = MomentCounts()

  public init() {}

  public static func + (left: EvaluationCounts, right: EvaluationCounts) -> EvaluationCounts {
    var sum = left
    sum += right
    return sum
  }

  public static func += (left: inout EvaluationCounts, right: EvaluationCounts) {
    left.notANumber += right.notANumber
    left.rounded += right.rounded
    left.moments += right.moments
  }
}
