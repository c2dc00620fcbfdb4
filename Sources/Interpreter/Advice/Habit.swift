import Language
import Notation
import Plan

/// A word of another tool where a verb stands, and what is written here.
public struct Habit: Sendable {
  /// The tools that have the word.
  public let tool: Tool
  public let words: [String]
  /// How it is typed on a table of penguins: what is written instead of it there checks without an error.
  public let example: String
  let write: @Sendable (HabitUse) -> String

  /// The communities whose words are taken up.
  public enum Tool: String, Sendable, CaseIterable {
    case pandas, sklearn, lightgbm, r, sql, stata, shell
  }

  init(
    _ tool: Tool, _ words: [String], like example: String, _ write: @escaping @Sendable (HabitUse) -> String
  ) {
    self.tool = tool
    self.words = words
    self.example = example
    self.write = write
  }
}

/// One use of a habit: what was typed behind the word, and what it works on.
struct HabitUse: Sendable {
  let arguments: [Argument]
  let subject: ValueType

  /// The columns that were named, else the first of the table: advice names columns that are there.
  func columns(_ count: Int, _ isWanted: (ColumnFacts) -> Bool = { _ in true }) -> [String] {
    if named.count >= count { return named.map(ScriptText.name) }
    let there = subject.schema?.columns.filter { isWanted($0.facts) }.map { ScriptText.name($0.name) } ?? []
    return there.count >= count ? Array(there.prefix(count)) : Array(["a", "b"].prefix(count))
  }

  /// The columns that were named: as names, as texts, or in a list of them.
  var named: [String] {
    arguments.flatMap { argument -> [String] in
      guard case .positional(let value) = argument.kind else { return [] }
      let items = if case .list(let items) = value.kind { items } else { [value] }
      return items.compactMap { item in
        switch item.kind {
        case .name(let name), .literal(.text(let name)): name
        default: nil
        }
      }
    }
  }

  /// The first number that was given.
  var count: Int64? {
    for argument in arguments {
      switch argument.kind {
      case .positional(let value), .option(_, let value):
        if case .literal(.int(let count)) = value.kind, count > 0 { return count }
      case .assignment: continue
      }
    }
    return nil
  }

  /// The arguments as they were written.
  var written: String { arguments.map(SyntaxPrinter.text).joined(separator: ", ") }

  /// A verb with the columns that were named, if any were.
  func verb(_ name: String) -> String {
    named.isEmpty ? name : name + " " + named.map(ScriptText.name).joined(separator: ", ")
  }

  /// A verb with the arguments as they were written.
  func verbAsWritten(_ name: String) -> String { arguments.isEmpty ? name : name + " " + written }

  /// A flow that ends in a training of the algorithm: where no parts are drawn yet, from the label on.
  func training(_ algorithm: String) -> String {
    switch subject {
    case .split, .model: return "train \(algorithm)"
    case .table(let schema) where schema.label != nil: return "split test: 0.2, seed: 7 |> train \(algorithm)"
    default: return "label \(response) |> split test: 0.2, seed: 7 |> train \(algorithm)"
    }
  }

  /// What is learned: the left side of a formula, else the column named, else the last one of the table.
  private var response: String {
    if case .positional(let formula)? = arguments.first?.kind, case .binary(.matches, let left, _) = formula.kind,
      case .name(let name) = left.kind
    {
      return ScriptText.name(name)
    }
    return (named.first ?? subject.schema?.names.last).map(ScriptText.name) ?? "y"
  }
}
