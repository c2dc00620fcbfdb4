import Diagnostics

/// `df.groupby("sex")["age"]` with what is asked of it: the stage that makes a row of each group.
struct FrameGrouping {
  private static let statistics = [
    "mean": "mean", "median": "median", "sum": "sum", "min": "min", "max": "max", "std": "sd", "var": "var",
    "nunique": "count_distinct", "n_unique": "count_distinct", "first": "first", "last": "last", "mode": "mode",
    "avg": "mean",
  ]

  private let keys: [String]
  private let range: SourceRange

  init(_ keys: [String], at range: SourceRange) {
    self.keys = keys
    self.range = range
  }

  /// The statistics of the columns that a method asks for, by its name or by the texts of its arguments; without columns, or for a method
  /// that is none, how many rows there are.
  func stage(of columns: [String], by method: Call?) -> Stage {
    let texts = method?.arguments.compactMap { argument -> String? in
      if case .literal(.text(let text)) = argument.kind { text } else { nil }
    }
    let words = method.map { Self.statistics[$0.function.text] == nil ? texts ?? [] : [$0.function.text] } ?? []
    let asked = words.compactMap { Self.statistics[$0] }
    var outputs = columns.flatMap { column in asked.map { output($0, of: column) } }
    if outputs.isEmpty { outputs = [output("count", of: nil)] }
    let names = keys.map { Expr(.name($0), at: range) }
    let by = names.count == 1 ? names[0] : Expr(.list(names), at: range)
    let option = keys.isEmpty ? [] : [Argument(.option(Name("by", at: range), by), at: range)]
    return Stage(Name("group", at: range), option + outputs, at: range)
  }

  private func output(_ statistic: String, of column: String?) -> Argument {
    let call = Call(Name(statistic, at: range), column.map { [Expr(.name($0), at: range)] } ?? [])
    let name = column.map { "\(statistic)_\($0)" } ?? "n"
    return Argument(.assignment(Target(.name(name), at: range), Expr(.call(call), at: range)), at: range)
  }
}
