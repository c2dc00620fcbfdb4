import Expressions
import Tables

/// What is put in the place of the values of a column so that fewer are told apart. A missing cell stays missing.
public enum Generalisation: Sendable, Hashable {
  case asItIs
  /// The beginning of the step of that width that a number lies in; what lies far out stands with the first or the last.
  case steps(width: Double, first: Double, last: Double)
  /// So many characters of a text.
  case beginning(Int)
  /// The beginning of the period that a date lies in: `month`.
  case period(String)
  case decade
  /// Texts that at least so many rows have stay; the others are `other`.
  case frequent(least: Int, [String])
  /// The same for all rows, missing cells too.
  case hidden

  /// In words: `steps of 20`.
  public var words: String {
    switch self {
    case .asItIs: "as it is"
    case .steps(let width, _, _): "steps of \(Int64(exactly: width).map { "\($0)" } ?? "\(width)")"
    case .beginning(let count): "first \(count == 1 ? "character" : "\(count) characters")"
    case .period(let unit): unit
    case .decade: "decade"
    case .frequent(let least, _): "values of \(least) rows and more, else `\(Self.rest)`"
    case .hidden: "one for all"
    }
  }

  /// All that makes it this one, for keys.
  var parts: [String] {
    switch self {
    case .steps(_, let first, let last): [words, "\(first)", "\(last)"]
    case .frequent(_, let kept): [words] + kept
    case .asItIs, .beginning, .period, .decade, .hidden: [words]
    }
  }

  private static let rest = "other"

  /// What it makes of a value. The type stays.
  func expression(of value: Expression) -> Expression {
    switch self {
    case .asItIs: return value
    case .steps(let width, let first, let last):
      return NumberSteps(width: width, first: first, last: last).expression(of: value)
    case .beginning(let count): return .beginning(of: value, count)
    case .period(let unit): return .call(.dateTrunc, [.literal(.text(unit)), value])
    case .decade:
      let ten = Expression.literal(.int(10))
      let first = Expression.call(.multiply, [.call(.floorDivide, [.call(.year, [value]), ten]), ten])
      return .call(.makeDate, [first, .literal(.int(1)), .literal(.int(1))])
    case .frequent(_, let kept):
      let isKept = Expression.call(.in, [value] + kept.map { .literal(.text($0)) })
      let shown = Expression.call(.ifElse, [isKept, value, .literal(.text(Self.rest))])
      return .call(.ifElse, [.call(.isMissing, [value]), .missing(.text), shown])
    case .hidden: return value.type == .text ? .literal(.text("*")) : .missing(value.type)
    }
  }
}

extension Expression {
  /// The first characters of a text and a star. Of a text that is no longer than what would be shown nothing is shown.
  static func beginning(of text: Expression, _ count: Int) -> Expression {
    let count = Expression.literal(.int(Int64(count)))
    let star = Expression.literal(.text("*"))
    let shown = Expression.call(
      .ifElse,
      [.call(.greater, [.call(.length, [text]), count]), .call(.concat, [.call(.left, [text, count]), star]), star])
    return .call(.ifElse, [.call(.isMissing, [text]), .missing(.text), shown])
  }
}
