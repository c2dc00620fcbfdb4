import Descriptions

/// How a verb or a learner is written, in one line: `impute TARGET = METHOD, flag: false`.
public enum Usage {
  public static func line(_ description: Description) -> String {
    let positionals = description.positionals.map(written).joined(separator: ", ")
    let options = description.parameters.prefix(4).map { option($0) }
    let more = description.parameters.count > 4 ? ["…"] : []
    let separator = positionals.isEmpty || options.isEmpty ? "" : ", "
    let arguments = positionals + separator + (options + more).joined(separator: ", ")
    return arguments.isEmpty ? description.name : description.name + " " + arguments
  }

  /// `depth: 6`, or `seed: …` where there is no default value.
  public static func option(_ parameter: any AnyParameter) -> String {
    "\(parameter.name): \(parameter.fallbackWritten ?? "…")"
  }

  /// What holds when an option is left out.
  public static func fallback(_ parameter: any AnyParameter) -> String {
    parameter.fallbackWritten ?? parameter.fallbackWords ?? ""
  }

  /// What an option takes, with its bounds.
  public static func type(_ parameter: any AnyParameter) -> String {
    if parameter.bounds == .any { return parameter.typeName }
    if case .oneOf = parameter.bounds { return parameter.bounds.words }
    return "\(parameter.typeName), \(parameter.bounds.words)"
  }

  private static func written(_ positional: Positional) -> String {
    let word = form(positional)
    let repeated = positional.maximum == 1 ? word : word + "…"
    return positional.minimum == 0 ? "[\(repeated)]" : repeated
  }

  private static func form(_ positional: Positional) -> String {
    let name = positional.name.uppercased()
    // Some name their form themselves: `column = method`.
    if name.contains("=") { return name }
    switch positional.kind {
    case .derivation: return "\(name) = EXPRESSION"
    case .method: return "\(name) = METHOD"
    case .path: return "\"\(name)\""
    default: return name
    }
  }

  /// What a positional argument may be, in words.
  public static func kind(_ positional: Positional) -> String {
    let words =
      switch positional.kind {
      case .columns: "columns or a selector: numeric() text() dates() missing_any() matching(r\"…\") all()"
      case .condition: "a condition over the columns"
      case .rule(let forms):
        "a condition over the columns, or one of the rules " + forms.map(\.name).joined(separator: ", ")
      case .derivation: "a column and its expression"
      case .method(let methods):
        "a column, a list of columns or a selector, and one of " + methods.joined(separator: ", ")
      case .recoding: "a column, a list of columns or a selector, and a record of values"
      case .source: "a path or an address in quotes, or the name of a built-in set"
      case .table: "a named table, a path in quotes or the name of a built-in set"
      case .path: "a path in quotes"
      case .name: "a name"
      case .algorithm: "an algorithm, or a list of them"
      case .metricCondition: "a condition on a metric, as in auc >= 0.8"
      case .value: "a named value"
      case .scalar: "a value"
      case .word(let words): "one of " + words.joined(separator: ", ")
      }
    switch (positional.minimum, positional.maximum) {
    case (0, 1?): return words + " (may be left out)"
    case (let low, nil): return words + (low == 0 ? " (any number)" : " (\(low) or more)")
    case (let low, let high?): return low == 1 && high == 1 ? words : words + " (\(low) to \(high))"
    }
  }
}
