import Display
import Plan

extension SynthesisProblem {
  var words: ProblemWords {
    switch self {
    case .tooFewPass(let made, let count, let tried, let condition):
      ProblemWords(
        "\(counted(made, "row")) of \(count) could be made: of \(tried) that were tried the others did not meet `\(condition)`",
        help: ["ask for fewer rows or less of them", "`given:` sets columns to a value without trying"])
    case .neverMade(let value, let column):
      ProblemWords("no row is known whose '\(column)' is \(value.isEmpty ? "missing" : value)")
    case .notGiven(let column):
      ProblemWords(
        "'\(column)' tells rows apart, and its cells are made up: none can be given",
        help: ["`derive` sets a column to a value"])
    case .onlyCopies(let name, let tried):
      ProblemWords(
        "of \(counted(tried, "row")) that were tried nearly all were copies of a row of \(name), or too near to one",
        help: ["fewer rows may be made", "near: allow keeps them, and the report tells how many they are"])
    }
  }
}
