import Notation
import Plan

extension InputsProblem {
  var words: ProblemWords {
    switch self {
    case .mismatch(let mismatch): mismatch.words
    case .overwritten(let input, let other, let contained):
      ProblemWords(
        "the cells that the model takes as '\(input)' are not there: `\(other ?? "the cut")` worked on what `\(contained)` had made, and the model does `\(contained)` itself",
        help: ["name the table before `\(contained)` with `as` and predict that, or leave `\(contained)` out"])
    case .stepsUnknown(_, let steps): Self.unknown(steps.map { "`\($0)`" }.joined(separator: ", "))
    case .wrongType(let name, let type, let taken, let row, let text, let others):
      ProblemWords(
        "'\(name)' is \(type), and the model takes \(taken): row \(row) is '\(Discretion.told(text))'"
          + (others > 0 ? ", and \(others) more like it" : ""),
        help: ["\(ScriptText.code("cast \(ScriptText.name(name)) = \(taken)")) makes such cells missing"])
    }
  }

  private static func unknown(_ steps: String) -> ProblemWords {
    ProblemWords(
      "whether the model does \(steps) itself cannot be told: its package does not keep its steps",
      help: ["predict the table from before \(steps), or export the model anew"])
  }
}

extension InputsMismatch {
  fileprivate var words: ProblemWords {
    let renames = likely.map { "\(ScriptText.name($0.new)) = \(ScriptText.name($0.old))" }.joined(separator: ", ")
    let help =
      ["the model takes: \(ProblemWords.listed(inputs))", "\(name) has: \(ProblemWords.listed(columns))"]
      + (renames.isEmpty ? [] : ["\(ScriptText.code("rename \(renames)")) if that is meant"])
    switch reason {
    case .none: return ProblemWords("\(name) has none of the model's inputs", help: help)
    case .missing(let input):
      return ProblemWords("\(name) has no column '\(input)', which the model takes", help: help)
    case .extra(let column): return ProblemWords("'\(column)' of \(name) is no input of the model", help: help)
    case .lacking(let absent):
      return ProblemWords(
        "\(name) lacks \(absent.count) of the model's \(inputs.count) inputs: \(ProblemWords.listed(absent))",
        help: help + ["`strict: false` scores the rows with these as missing"])
    }
  }
}
