import Plan
import Tables

extension AnswersProblem {
  var words: ProblemWords {
    switch self {
    case .absent(let file, let asks):
      ProblemWords(
        asks ? "nobody is there to ask, and '\(file)' is not there to be read" : "'\(file)' is not there",
        help: [
          "`answers: \"FILE\"` names a file of labels: one column tells rows apart, another has their label",
          "at the prompt `ask: 20` asks for labels and writes it",
        ])
    case .noColumn(let name, let file, let has):
      ProblemWords(
        "'\(file)' has no column '\(name)'",
        help: [
          "its columns: \(ProblemWords.listed(has))",
          "`key` names the column that tells rows apart; without it that is `row`, their number from 1",
        ])
    case .otherColumns(let names, let file):
      ProblemWords(
        "'\(file)' has other columns too, which would be lost: \(ProblemWords.listed(names))",
        help: ["without `ask` it is only read", "`answers` names another file to ask into"])
    case .contradicting(let key, let file): ProblemWords("'\(file)' has two different labels for '\(key)'")
    case .unknownClass(let text, let file, let classes):
      ProblemWords(
        "'\(file)' has the label '\(text)', which is no class",
        help: ["the classes: " + classes.prefix(12).map(\.name).joined(separator: ", ")])
    case .otherRow(let key, let file):
      ProblemWords(
        "row \(key) is another one than when it was labelled in '\(file)'",
        help: ["`key` names a column that tells rows apart, whatever order they are in"])
    case .notUnique(let name, let cell):
      ProblemWords(
        cell == .missing
          ? "'\(name)' is missing in some row, and is to tell rows apart"
          : "'\(name)' is \(cell.quotedName) in several rows, and is to tell rows apart",
        help: ["another column in `key`, or none: then rows are told by their number"])
    case .tooFewClasses(let label):
      ProblemWords(
        "'\(label)' has fewer than two classes to ask for",
        help: ["`classes: [\"yes\", \"no\"]` names them"])
    }
  }
}
