import Notation
import Plan
import Tables

extension ReshapingProblem {
  var words: ProblemWords {
    switch self {
    case .manyRows(let count, let column, let keys):
      ProblemWords(
        "\(count) rows share the cell of '\(column)' where "
          + keys.map { "\($0.column) is \($0.cell == .missing ? "missing" : Discretion.told($0.cell.name))" }.joined(
            separator: ", "),
        help: [
          "`using: sum`, mean, first or another statistic makes one value of them", "or name more columns in `by:`",
        ])
    case .tooManyColumns(let count, let most, let column):
      ProblemWords(
        "the values of '\(column)' would make \(count) columns, and \(most) is the most",
        help: ["`values_of: [\"a\", \"b\"]` takes those of some values", "is it an id? `group by:` makes rows of it"])
    case .noName(let cell, let column):
      ProblemWords(
        "\(Discretion.told(cell.quotedName)) of '\(column)' cannot name a column",
        help: ["`filter` it out, or `derive` another name for it"])
    case .mixedTypes(let name, let type, let other, let otherType):
      ProblemWords(
        "'\(name)' is \(type.rawValue) and '\(other)' is \(otherType.rawValue): one column cannot hold both",
        help: [
          ScriptText.code("cast \(ScriptText.name(type == .text ? other : name)) = text")
            + " before it makes them alike"
        ])
    case .losesDigits(let name, let value):
      ProblemWords(
        "'\(name)' holds \(Discretion.told("\(value)")), which loses digits beside floats in one column",
        help: [
          ScriptText.code("cast \(ScriptText.name(name)) = float") + " before it rounds them, and "
            + ScriptText.code("cast \(ScriptText.name(name)) = text") + " keeps an id"
        ])
    case .badFill(let cell, let type): ProblemWords("'fill' is \(cell.name), and the cells are \(type.rawValue)")
    }
  }
}
