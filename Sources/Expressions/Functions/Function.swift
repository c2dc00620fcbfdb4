import Tables

/// The row functions and operators. Closed: with the scoring operators they are the rows of the support matrix, and every
/// target answers for each.
///
/// The raw value is the name in scripts, or the word for an operator, which scripts spell with its `symbol`. Every function gives
/// missing where an argument is missing, save those whose description says otherwise (`and or in ifElse coalesce isMissing
/// isPresent`). A computation that has no value (not a number, infinite, an overflowing int, unreadable text, a pattern that hit
/// its limit) gives missing too, and the evaluator counts those.
public enum Function: String, Sendable, Hashable, CaseIterable {
  // Operators.
  case add, subtract, multiply, divide
  case floorDivide = "floor_divide"
  case negate, power
  case equal
  case notEqual = "not_equal"
  case less
  case lessOrEqual = "less_or_equal"
  case greater
  case greaterOrEqual = "greater_or_equal"
  case and, or, not
  /// `x in [a, b]`: the value, then the list's elements.
  case `in`
  /// `x in a..b`: the value, then both ends, which are included.
  case between
  /// `x ~ r"…"`: the text, then the pattern, a literal.
  case matches
  /// `x == missing`.
  case isMissing = "is_missing"
  /// `x != missing`.
  case isPresent = "is_present"
  /// `if a then b else c`.
  case ifElse = "if_else"
  case coalesce

  // Mathematics.
  case abs, sign, sqrt, exp, log, log2, log10, log1p, expm1
  case round, floor, ceil, trunc, mod, pow
  case sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh
  /// Of two or more values in a row; with one argument the name is the aggregate's.
  case min, max
  case clamp, sigmoid, hypot

  // Text. A character is a Unicode code point and places count from 1.
  case lower, upper, title, capitalize
  case trim, ltrim, rtrim, squish, fold
  case length
  case wordCount = "word_count"
  case contains
  case startsWith = "starts_with"
  case endsWith = "ends_with"
  case indexOf = "index_of"
  case replace
  case regexReplace = "regex_replace"
  case regexExtract = "regex_extract"
  case splitPart = "split_part"
  case substring, left, right
  case padLeft = "pad_left"
  case padRight = "pad_right"
  case `repeat`, concat, reverse, hash, luhn

  // Conversions.
  case text, number, amount, int, float, bool, date, datetime

  // Dates.
  case year, month, day, weekday
  case dayOfYear = "day_of_year"
  case week, quarter, hour, minute, second
  case years, months, days, hours, minutes, seconds
  case dateTrunc = "date_trunc"
  case dateAdd = "date_add"
  case makeDate = "make_date"
  case epoch

  /// The function that scripts call by this name; nil for other words and for operators' words (`add` is spelled `+`).
  ///
  /// `min` and `max` are the row functions here and take two arguments or more; with one argument they are aggregates.
  /// `Callable.named(_:arity:)` makes that choice.
  public static func named(_ name: String) -> Function? {
    guard let function = Function(rawValue: name), !function.isOperator else { return nil }
    return function
  }

  /// Whether scripts spell it with an operator or keyword rather than call it.
  public var isOperator: Bool { symbol != nil }

  /// The operator's spelling; nil for a function that is called by its name.
  public var symbol: String? {
    switch self {
    case .add: "+"
    case .subtract, .negate: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .power: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .and: "and"
    case .or: "or"
    case .not: "not"
    case .in, .between: "in"
    case .matches: "~"
    case .isMissing: "== missing"
    case .isPresent: "!= missing"
    case .ifElse: "if"
    case .coalesce, .abs, .sign, .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .round, .floor, .ceil, .trunc, .mod,
      .pow, .sin, .cos, .tan, .asin, .acos, .atan, .atan2, .sinh, .cosh, .tanh, .min, .max, .clamp, .sigmoid, .hypot,
      .lower, .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .squish, .fold, .length, .wordCount, .contains,
      .startsWith, .endsWith, .indexOf, .replace, .regexReplace, .regexExtract, .splitPart, .substring, .left, .right,
      .padLeft, .padRight, .repeat, .concat, .reverse, .hash, .luhn, .text, .number, .amount, .int, .float, .bool,
      .date, .datetime, .year, .month, .day, .weekday, .dayOfYear, .week, .quarter, .hour, .minute, .second, .years,
      .months, .days, .hours, .minutes, .seconds, .dateTrunc, .dateAdd, .makeDate, .epoch:
      nil
    }
  }

  /// The names by which scripts may give arguments after the first, in order: `number(price, decimal: ",")`.
  public var optionNames: [String] {
    switch self {
    case .number: ["decimal", "group", "accounting"]
    case .amount: ["decimal"]
    case .datetime: ["format", "zone"]
    // any other function: its arguments have no names
    default: []
    }
  }

  /// The argument that an option stands for where only a later one is given.
  public func otherwise(option place: Int) -> Cell {
    self == .datetime ? .text("") : [.text("."), .text(""), .bool(false)][place]
  }

  /// How many arguments it takes; the upper bound is `Int.max` where there is none.
  public var arity: ClosedRange<Int> {
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .power, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .matches, .mod, .pow, .atan2, .hypot, .contains, .startsWith, .endsWith, .indexOf, .left,
      .right, .repeat, .years, .months, .days, .dateTrunc:
      2...2
    case .and, .or, .min, .max: 2...Int.max
    case .in, .coalesce, .concat: 1...Int.max
    case .between, .ifElse, .clamp, .replace, .regexReplace, .splitPart, .dateAdd, .makeDate: 3...3
    case .round, .hours, .minutes, .seconds, .amount, .date: 1...2
    case .datetime: 1...3
    case .regexExtract, .substring, .padLeft, .padRight: 2...3
    case .number: 1...4
    case .negate, .not, .isMissing, .isPresent, .abs, .sign, .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .floor,
      .ceil, .trunc, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .sigmoid, .lower, .upper, .title,
      .capitalize, .trim, .ltrim, .rtrim, .squish, .fold, .length, .wordCount, .reverse, .hash, .luhn, .text, .int,
      .float, .bool, .year, .month, .day, .weekday, .dayOfYear, .week, .quarter, .hour, .minute, .second, .epoch:
      1...1
    }
  }
}

/// What a name that is called with some number of arguments means.
public enum Callable: Sendable, Hashable {
  case function(Function)
  case aggregate(Aggregate)
  case window(WindowFunction)

  /// The function or aggregate of that name for that many arguments: `max(x)` aggregates, `max(x, y)` is per row. A name that is
  /// known but never takes that many arguments gives the one it names, so that the caller can say what it takes.
  public static func named(_ name: String, arity: Int) -> Callable? {
    let function = Function.named(name)
    let aggregate = Aggregate.named(name)
    if let aggregate, aggregate.arity.contains(arity) { return .aggregate(aggregate) }
    if let function { return .function(function) }
    return aggregate.map(Callable.aggregate) ?? WindowFunction.named(name).map(Callable.window)
  }

  public func result(_ types: [ColumnType]) -> ColumnType? {
    switch self {
    case .function(let function): function.result(types)
    case .aggregate(let aggregate): aggregate.result(types)
    case .window(let function): function.result(types)
    }
  }

  public var description: FunctionDescription {
    switch self {
    case .function(let function): function.description
    case .aggregate(let aggregate): aggregate.description
    case .window(let function): function.description
    }
  }

  /// All functions that are called by name, then all aggregates, then those of the rows around: for completion and did-you-mean.
  public static let all: [Callable] =
    Function.allCases.filter { !$0.isOperator }.map(Callable.function) + Aggregate.allCases.map(Callable.aggregate)
    + WindowFunction.allCases.map(Callable.window)
}
