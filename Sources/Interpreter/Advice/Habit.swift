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
  /// The planned algorithm that the word asks for, where something else is written meanwhile.
  let instead: String?
  let write: @Sendable (HabitUse) -> String

  /// The communities whose words are taken up.
  public enum Tool: String, Sendable, CaseIterable {
    case pandas, sklearn, lightgbm, r, tidymodels, sql, duckdb, stata, polars, spark, shell, spreadsheet
  }

  init(
    _ tool: Tool, _ words: [String], like example: String, instead: String? = nil,
    _ write: @escaping @Sendable (HabitUse) -> String
  ) {
    self.instead = instead
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

  /// The columns that were named, then the first ones of the table: advice names columns that are there. nil where there are too few.
  func columns(_ count: Int, _ isWanted: (ColumnFacts) -> Bool = { _ in true }) -> [String]? {
    guard let schema = subject.schema else {
      let own = named.isEmpty ? ["a", "b"] : named
      return own.count >= count ? own.prefix(count).map(ScriptText.name) : nil
    }
    let chosen = named.filter { name in
      switch schema[name] {
      case .known(let facts): isWanted(facts)
      // One that is not there is told of by the stage that is written instead.
      case .unknownYet, .absent: true
      }
    }
    let others = schema.columns.filter { isWanted($0.facts) && !chosen.contains($0.name) }.map(\.name)
    let all = chosen + others
    return all.count >= count ? all.prefix(count).map(ScriptText.name) : nil
  }

  /// The columns that were named: as names, as texts, in a list of them, or as the value of an option such as `subset`.
  var named: [String] {
    arguments.flatMap { argument -> [String] in
      switch argument.kind {
      case .positional(let value): value.namedColumns ?? []
      case .option(_, let value) where !argument.isDirection: value.namedColumns ?? []
      case .option, .assignment: []
      }
    }
  }

  /// The first number that was given.
  var count: Int64? {
    for argument in arguments {
      switch argument.kind {
      case .positional(let value), .option(_, let value):
        // `head -3`, as a shell has it.
        let number = if case .unary(.negate, let count) = value.kind { count } else { value }
        if case .literal(.int(let count)) = number.kind, count != 0 { return Int64(clamping: count.magnitude) }
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

  /// The columns to sort by with their directions: `-a`, `desc("a")`, `a` with `ascending: false`.
  var sortKeys: [String] {
    let isDown = arguments.contains(where: \.asksForDown)
    return arguments.flatMap { argument -> [String] in
      switch argument.kind {
      case .option where argument.isDirection: return []
      case .option(_, let value): return Self.sortKeys(value, isDown)
      case .positional(let value): return Self.sortKeys(value, isDown)
      case .assignment: return [SyntaxPrinter.text(argument)]
      }
    }
  }

  private static func sortKeys(_ value: Expr, _ isDown: Bool) -> [String] {
    switch value.kind {
    case .unary(.negate, let column): return sortKeys(column, true)
    case .call(let call) where call.arguments.count == 1:
      return sortKeys(call.arguments[0], isDown || call.function.text.hasPrefix("desc"))
    default:
      return (value.namedColumns ?? [SyntaxPrinter.text(value)]).map { ScriptText.name($0) + (isDown ? " = down" : "") }
    }
  }

  /// `groupby("sex", mean(age))`, `summarise(m = mean(age), .by = sex)`: the columns that are named are keys, whatever is computed stands
  /// behind a name.
  var grouping: String {
    let keys = named
    let outputs = arguments.compactMap { argument -> String? in
      switch argument.kind {
      case .assignment: return SyntaxPrinter.text(argument)
      case .positional(let value):
        guard case .call(let call) = value.kind else { return nil }
        let columns = call.arguments.compactMap { if case .name(let name) = $0.kind { name } else { nil } }
        let name = ([call.function.text] + columns.prefix(1)).joined(separator: "_")
        return "\(ScriptText.name(name)) = \(SyntaxPrinter.text(value))"
      case .option(let name, let value):
        guard case .call = value.kind else { return nil }
        return "\(ScriptText.name(name.text)) = \(SyntaxPrinter.text(value))"
      }
    }
    return Self.group(by: keys, outputs.isEmpty ? ["n = count()"] : outputs)
  }

  private static func group(by keys: [String], _ outputs: [String]) -> String {
    let names = keys.map(ScriptText.name)
    let by = names.isEmpty ? [] : ["by: " + (names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]")]
    return "group " + (by + outputs).joined(separator: ", ")
  }

  /// `withColumn("late", year > 2007)`: a name as a text, and what it is made of.
  var derivation: String {
    let values = arguments.compactMap { if case .positional(let value) = $0.kind { value } else { nil } }
    guard values.count == 2, let name = values[0].namedColumns?.first else { return verbAsWritten("derive") }
    return "derive \(ScriptText.name(name)) = \(SyntaxPrinter.text(values[1]))"
  }

  /// `withColumnRenamed("old", "new")`.
  var renaming: String {
    guard named.count == 2 else { return verbAsWritten("rename") }
    return "rename \(ScriptText.name(named[1])) = \(ScriptText.name(named[0]))"
  }

  /// A flow that ends in a training of the algorithm with the options that were given: where no parts are drawn yet, from the label on.
  func training(_ algorithm: String) -> String {
    let train = (["train \(algorithm)"] + settings).joined(separator: ", ")
    switch subject {
    case .split, .model: return train
    case .table(let schema) where schema.label != nil: return "split test: 0.2, seed: 7 |> \(train)"
    default: return "label \(response) |> split test: 0.2, seed: 7 |> \(train)"
    }
  }

  /// The options, without those of which this language asks nothing: the label and the data tell them.
  private var settings: [String] {
    let idle: Set<String> = [
      "family", "data", "objective", "mode", "engine", "verbose", "verbosity", "n_jobs", "solver", "num_class",
      "formula",
    ]
    return arguments.compactMap { argument in
      guard case .option(let name, _) = argument.kind, !idle.contains(name.text) else { return nil }
      return SyntaxPrinter.text(argument)
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
