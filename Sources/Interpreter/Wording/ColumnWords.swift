import Notation
import Plan

extension ColumnProblem {
  var words: ProblemWords {
    switch self {
    case .unknown(let name, let table): ProblemWords("no column '\(name)'" + (table.map { " in \($0)" } ?? ""))
    case .notJudged(let name): ProblemWords("no column '\(name)' in the judged rows")
    case .unreadable(let step): ProblemWords("a column that `\(step)` reads is not there")
    case .taken(let name): ProblemWords("there is a column '\(name)' already", help: ["`drop` it or `rename` it first"])
    case .fitted(let name, let step):
      ProblemWords(
        "'\(name)' comes from `\(step)`, which is fitted on the training part only",
        help: [
          "put this stage before `\(step)`, or use a column that is not fitted",
          "where no model is to come of the rows, `export` and `load` settle it by all of them",
        ])
    case .encoded(let name): ProblemWords("'\(name)' is encoded already")
    case .wrongType(let name, let type, let use): use.words(name, type.rawValue)
    case .losesDigits(let name, let value, let method):
      ProblemWords(
        "'\(name)' holds \(Discretion.told("\(value)")), which loses digits in the float column that \(method) makes",
        help: [
          "\(Self.code("impute", name, "mode")), or a whole number, keeps every digit",
          "\(Self.code("cast", name, "float")) before it rounds them, and \(Self.code("cast", name, "text")) keeps an id",
        ])
    case .unread(let changes):
      ProblemWords(
        "'\(changes.column)' has texts that are no \(changes.reading == .date ? "date" : "number"): \(changes.unreadWords)",
        help: changes.twofoldAdvice + ["`unreadable: missing` leaves such cells empty, and says how many"])
    case .tooManyTexts(let name, let count, let most):
      ProblemWords(
        "'\(name)' has \(count) different texts, and spellings of at most \(most) are united",
        help: ["\(ScriptText.code("fix \(ScriptText.name(name))")) cleans blanks alone"])
    case .notTruth(.condition, let words): ProblemWords("the condition of `\(words)` is not true or false")
    case .notTruth(.rule, let words): ProblemWords("the rule `\(words)` is not true or false")
    case .expression(let words, let error): ProblemWords("`\(words)`: \(error.words)")
    }
  }

  /// `cast age = float`, to be written as it stands.
  fileprivate static func code(_ verb: String, _ name: String, _ method: String) -> String {
    ScriptText.code("\(verb) \(ScriptText.name(name)) = \(method)")
  }
}

extension ColumnUse {
  fileprivate func words(_ name: String, _ type: String) -> ProblemWords {
    switch self {
    case .statistic(let method):
      ProblemWords(
        "'\(name)' is \(type), which has no \(method)",
        help: ["\(ColumnProblem.code("impute", name, "mode")) takes the most frequent value"])
    case .filling(let value): ProblemWords("'\(name)' is \(type) and cannot be filled with \(value)")
    case .cleaning(let words): ProblemWords("'\(name)' is \(type), which `\(words)` does not take")
    case .scaling: ProblemWords("'\(name)' is \(type); only numbers can be scaled")
    }
  }
}
