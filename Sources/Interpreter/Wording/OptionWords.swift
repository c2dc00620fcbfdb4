import Display
import Plan

extension OptionProblem {
  var words: ProblemWords {
    switch self {
    case .outOfBounds(let option, let value, let low, let high):
      ProblemWords("'\(option)' must be \(Self.bounds(low, high)), not \(Self.number(value))")
    case .wrongLabelKind(let option, let value, let kind, let instead):
      ProblemWords(
        "\(option): \(value) is for \(kind.words), and the label has \(kind.other.words)",
        help: instead.map { "\(option): \($0)" })
    case .combined(let option, let others):
      ProblemWords(
        "'\(option)' cannot be combined with \(others.joined(separator: " or ")): the order of \(option) alone decides")
    case .nothingToLearn(let option): ProblemWords("'\(option)' must be above 0: there is nothing to learn from")
    case .shareSum(let sum, let train):
      ProblemWords(
        "train, valid and test must add up to 1, not \(Self.short(sum))",
        help: ["train: \(Self.short(train)) would leave no row out"])
    case .noShares: ProblemWords("no shares were given")
    case .notParts(let column, let type):
      ProblemWords(
        "'\(column)' is \(type)",
        help: ["using takes a text column of train, valid and test, or a column of whole fold numbers"])
    case .unknownPart(let part, let column):
      ProblemWords("'\(column)' names a part '\(part)'", help: ["parts are train, valid and test"])
    case .notCountable:
      ProblemWords(
        "a grid needs a list or a short range of whole numbers",
        help: ["write the values to try as a list", "search: random"])
    case .gridTooLarge(let count, let most, let trials):
      ProblemWords(
        "the grid has \(count.map { "\($0)" } ?? "over \(most)") combinations, more than trials: \(trials)",
        help: ["trials: \(count ?? most)", "search: random"])
    case .threshold(let label):
      ProblemWords("a threshold decides between two classes, and '\(label)' has not two")
    }
  }

  private static func bounds(_ low: Double?, _ high: Double?) -> String {
    switch (low, high) {
    case (let low?, let high?): "from \(number(low)) to \(number(high))"
    case (let low?, nil): "at least \(number(low))"
    case (nil, let high?): "at most \(number(high))"
    case (nil, nil): "a number"
    }
  }

  private static func number(_ value: Double) -> String { Int64(exactly: value).map { "\($0)" } ?? "\(value)" }

  /// 1 − 0.7 − 0.15 is a little more than 0.15 in binary.
  private static func short(_ value: Double) -> String { "\((value * 1e9).rounded() / 1e9)" }
}
