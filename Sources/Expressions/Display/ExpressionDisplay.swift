import Tables

extension Expression {
  /// As written in a script, with no parentheses that are not needed: `rate * (1 + growth) in [a, b]`.
  ///
  /// Reading it and binding it again gives an equal expression, folded constants aside.
  public var display: String { display(.conditional) }

  /// How tightly the forms bind, loosest first; as in the language.
  fileprivate enum Tightness: Int, Comparable {
    case conditional, or, and, not, comparison, sum, product, negation, power, primary

    static func < (left: Tightness, right: Tightness) -> Bool { left.rawValue < right.rawValue }
    var tighter: Tightness { Tightness(rawValue: rawValue + 1) ?? .primary }
  }

  private func display(_ needed: Tightness) -> String {
    let (text, tightness) = form
    return tightness < needed ? "(\(text))" : text
  }

  private var form: (String, Tightness) {
    switch self {
    case .column(let name, _): return (Self.quoted(name: name), .primary)
    case .literal(let cell):
      let text = cell.scriptText
      return (text, text.hasPrefix("-") ? .negation : .primary)
    case .missing: return ("missing", .primary)
    case .aggregate(let aggregate, let arguments): return (Self.call(aggregate.rawValue, arguments), .primary)
    case .window(let function, let arguments): return (Self.call(function.rawValue, arguments), .primary)
    case .call(let function, let arguments):
      guard function.arity.contains(arguments.count) else { return Self.named(function, arguments) }
      return Self.operation(function, arguments)
    }
  }

  private static func call(_ name: String, _ arguments: [Expression]) -> String {
    call(name, arguments.map { $0.display(.conditional) })
  }

  private static func call(_ name: String, _ arguments: [String]) -> String {
    "\(name)(\(arguments.joined(separator: ", ")))"
  }

  /// The text of argument `place` of a call; a pattern is written raw.
  private func asPattern(_ function: Function, _ place: Int) -> String {
    let isPattern = place == 1 && (function == .regexReplace || function == .regexExtract || function == .matches)
    guard isPattern, case .literal(.text(let pattern)) = self, !pattern.contains("\""), !pattern.contains("\n") else {
      return display(.conditional)
    }
    return "r\"\(pattern)\""
  }

  private static func named(_ function: Function, _ arguments: [Expression]) -> (String, Tightness) {
    (call(function.rawValue, arguments.enumerated().map { $1.asPattern(function, $0) }), .primary)
  }

  private static func operation(_ function: Function, _ arguments: [Expression]) -> (String, Tightness) {
    switch function {
    case .and: return joined(arguments, " and ", .and)
    case .or: return joined(arguments, " or ", .or)
    case .not: return ("not " + arguments[0].display(.not), .not)
    case .negate: return ("-" + arguments[0].display(.power), .negation)
    case .isMissing, .isPresent:
      return (arguments[0].display(.sum) + " " + (function.symbol ?? ""), .comparison)
    case .in:
      let list = arguments.dropFirst().map { $0.display(.conditional) }.joined(separator: ", ")
      return ("\(arguments[0].display(.sum)) in [\(list)]", .comparison)
    case .between:
      let (low, high) = (arguments[1].display(.sum), arguments[2].display(.sum))
      return ("\(arguments[0].display(.sum)) in \(low)..\(high)", .comparison)
    case .matches: return ("\(arguments[0].display(.sum)) ~ \(arguments[1].asPattern(.matches, 1))", .comparison)
    case .ifElse:
      let (a, b) = (arguments[1].display(.conditional), arguments[2].display(.conditional))
      return ("if \(arguments[0].display(.conditional)) then \(a) else \(b)", .conditional)
    case .power:
      return ("\(arguments[0].display(.primary)) ^ \(arguments[1].display(.negation))", .power)
    case .add, .subtract: return binary(function, arguments, .sum)
    case .multiply, .divide, .floorDivide: return binary(function, arguments, .product)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return binary(function, arguments, .comparison)
    case .coalesce, .abs, .sign, .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .round, .floor, .ceil, .trunc, .mod,
      .pow, .sin, .cos, .tan, .asin, .acos, .atan, .atan2, .sinh, .cosh, .tanh, .min, .max, .clamp, .sigmoid, .hypot,
      .lower, .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .squish, .fold, .length, .wordCount, .contains,
      .startsWith, .endsWith, .indexOf, .replace, .regexReplace, .regexExtract, .splitPart, .substring, .left, .right,
      .padLeft, .padRight, .repeat, .concat, .reverse, .hash, .luhn, .text, .number, .amount, .int, .float, .bool,
      .date, .datetime, .year, .month, .day, .weekday, .dayOfYear, .week, .quarter, .hour, .minute, .second, .years,
      .months, .days, .hours, .minutes, .seconds, .dateTrunc, .dateAdd, .makeDate, .epoch:
      return named(function, arguments)
    }
  }

  private static func joined(_ arguments: [Expression], _ word: String, _ tightness: Tightness) -> (String, Tightness) {
    // The chain reads from the left, so only a first operand may be of the same tightness.
    let texts = arguments.enumerated().map { $1.display($0 == 0 ? tightness : tightness.tighter) }
    return (texts.joined(separator: word), tightness)
  }

  private static func binary(
    _ function: Function, _ arguments: [Expression], _ tightness: Tightness
  ) -> (String, Tightness) {
    // Comparisons do not chain: neither side may be one.
    let leftNeeds = tightness == .comparison ? Tightness.sum : tightness
    let text = "\(arguments[0].display(leftNeeds)) \(function.symbol ?? "") \(arguments[1].display(tightness.tighter))"
    return (text, tightness)
  }

  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "if", "then", "else", "true", "false", "missing", "let", "param", "define", "use", "as",
  ]

  /// A name as scripts write it: in back quotes unless it is letters, digits and low lines, and no keyword.
  public static func quoted(name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter || $0 == "_" } == true
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && !keywords.contains(name)
    return isPlain ? name : "`\(name)`"
  }
}

extension Cell {
  /// As a literal of a script: text in quotes, dates behind an @, `missing` by its word.
  public var scriptText: String {
    switch self {
    case .missing: "missing"
    case .text(let text): "\"" + text.reduce(into: "") { $0 += Self.escaped($1) } + "\""
    case .date, .datetime: "@" + description
    // 1e+20 is written 1e20.
    case .float: String(description.filter { $0 != "+" })
    case .bool, .int, .vector: description
    }
  }

  private static func escaped(_ character: Character) -> String {
    switch character {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    case "\r\n": "\\r\\n"
    // any other character
    default: String(character)
    }
  }
}
