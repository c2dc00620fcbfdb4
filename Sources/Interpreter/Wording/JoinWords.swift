import Notation
import Plan

extension JoinProblem {
  var words: ProblemWords {
    switch self {
    case .unlikeKeys(let own, let other, let table):
      ProblemWords(
        "'\(own.name)' is \(own.type.rawValue) and '\(other.name)' of \(table) is \(other.type.rawValue): they are never equal",
        help: ["\(Self.cast(own.name, other.type.rawValue)) before it makes them alike"])
    case .noKey(let field, let table):
      ProblemWords("'\(field.name)' of \(table) is \(field.type.rawValue), and rows are not found by that")
    case .noOrder(let field, let table):
      ProblemWords(
        "'\(field.name)' of \(table) is \(field.type.rawValue); the nearest row is found by a time or a number",
        help: ["columns that have to be equal are named by `by`"])
    case .repeated(let count, let table, let expected):
      ProblemWords(
        "\(counted(count, "key")) \(count == 1 ? "stands" : "stand") several times in \(table), and \(expected) was expected",
        help: ["`dedupe` keeps the first row of each key"])
    case .tooManyRows(let rows, let own, let other):
      ProblemWords(
        "\(counted(own, "row")) and \(counted(other, "row")) would make \(rows) rows",
        help: [
          "a key that stands many times in both tables multiplies them: `dedupe` one of them first",
          "expect: many_to_one asks for keys that stand once in the other table",
        ])
    case .neverMissing(let name, let table):
      ProblemWords(
        "'\(name)' of \(table) is a vector, which cannot be missing where a row has no match",
        help: ["`encode` it after the join", "how: inner keeps rows with a match alone"])
    case .takenName(let name, let column):
      ProblemWords(
        "'\(column)' of the other table would be called '\(name)', and there is such a column already",
        help: ["suffix: \"_other\" calls it otherwise", "`rename` or `drop` one of them first"])
    case .unlikeColumn(let name, let first, let second):
      ProblemWords(
        "'\(name)' is \(first.type.rawValue) in \(first.table) and \(second.type.rawValue) in \(second.table)",
        help: [
          "\(Self.cast(name, first.type.rawValue)) on \(second.table), or \(Self.cast(name, "text")) on both, makes them alike",
          "`rename` one of them if they are not the same",
        ])
    case .vectors(let name, let table):
      ProblemWords(
        "'\(name)' of \(table) is a vector, and those of two tables need not have the same places",
        help: ["`encode` it after the union"])
    }
  }

  /// `cast age = float`, to be written as it stands.
  private static func cast(_ name: String, _ type: String) -> String {
    ScriptText.code("cast \(ScriptText.name(name)) = \(type)")
  }
}

extension JoinCounts {
  var words: String {
    var parts = [
      "\(counted(own.rows, "row")) → \(rows): \(own.matched) matched in \(other), \(own.rows - own.matched) not"
        + Self.missing(own)
    ]
    if let others, others.matched < others.rows {
      parts.append(
        "\(others.rows - others.matched) of \(counted(others.rows, "row")) of \(other) matched nothing"
          + Self.missing(others))
    }
    if repeatedKeys > 0 {
      let keys = repeatedKeys == 1 ? "1 key stands" : "\(repeatedKeys) keys stand"
      parts.append("\(keys) several times in \(other), so that \(own.matched) rows make \(pairs) pairs")
    }
    return parts.joined(separator: "; ")
  }

  private static func missing(_ side: Side) -> String {
    side.missing == 0 ? "" : " (\(side.missing) with a missing key)"
  }
}

extension UnionCounts {
  var words: String {
    let all = parts.reduce(0) { $0 + $1.rows }
    var words = ["\(all) rows: " + parts.map { "\($0.rows) of \($0.name)" }.joined(separator: ", ")]
    for part in parts where !part.lacking.isEmpty {
      words.append("\(part.name) has no \(NameList.of(part.lacking)): missing there")
    }
    return words.joined(separator: "; ")
  }
}
