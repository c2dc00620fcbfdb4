import Expressions
import Packaging
import Scoring
import Tables

/// Calls of each function with columns and literals, as far as ONNX takes them.
enum FunctionCases {
  static func cases(_ function: Function) -> [OnnxCase] {
    arguments(function).enumerated().compactMap { place, arguments in
      var builder = GraphBuilder()
      let expression = Expression.call(function, arguments)
      let names = expression.columns
      let ports = names.map { ($0, builder.input($0, JudgedRows.table[$0]?.type ?? .float)) }
      // Something has to give the rows, also of an expression of literals.
      let anchor = builder.input("k", .int)
      let result = builder.expression(expression, Dictionary(ports, uniquingKeysWith: { first, _ in first }))
      let graph = builder.graph(prediction: result ?? anchor, probabilities: nil, classes: [])
      return OnnxCase(name: "\(function.rawValue) \(place)", graph: graph, table: JudgedRows.table)
    }
  }

  private static func c(_ names: String...) -> [Expression] { names.map(JudgedRows.column) }
  private static func text(_ text: String) -> Expression { .literal(.text(text)) }
  private static func int(_ value: Int64) -> Expression { .literal(.int(value)) }
  private static func float(_ value: Double) -> Expression { .literal(.float(value)) }
  private static let day = Expression.literal(.date(20_512))
  private static let moment = Expression.literal(.datetime(951_782_400_000_000))

  private static let units = ["year", "quarters", "month", "week", "days"]
  private static let clockUnits = ["hour", "minutes", "second"]

  private static func arguments(_ function: Function) -> [[Expression]] {
    switch function {
    case .add:
      [c("x", "y"), c("n", "m"), c("x", "n"), c("s", "t"), c("d", "k"), c("v", "k"), c("f", "v"), [text("<")] + c("s")]
    case .subtract: [c("x", "y"), c("n", "m"), c("d", "e"), c("v", "w"), c("d", "w"), c("d", "k"), c("v", "f")]
    case .multiply, .divide, .floorDivide, .mod, .hypot: [c("x", "y"), c("n", "m"), c("n", "f"), c("f", "g")]
    case .power, .pow: [c("x", "y"), c("f", "k"), c("n", "k"), c("x") + [.missing(.float)]]
    case .equal, .notEqual: comparisons + [c("s", "t"), c("b", "c"), c("s") + [text("")], c("s") + [.missing(.text)]]
    case .less, .lessOrEqual, .greater, .greaterOrEqual: comparisons + [c("b", "c")]
    case .between:
      [c("x", "f", "y"), c("n") + [int(1), int(10)], c("d") + [day, moment], c("k") + [float(-1.5), int(3)]]
    case .in: memberships
    case .and, .or: [c("b", "c"), c("b", "c", "b"), c("b") + [.missing(.bool)]]
    case .not: [c("b")]
    case .isMissing, .isPresent: [c("x"), c("n"), c("b"), c("s"), c("d"), c("v")]
    case .ifElse:
      [c("b", "x", "n"), c("b", "s", "t"), c("b", "d", "v"), c("b", "b", "c"), c("b") + [.missing(.text)] + c("s")]
    case .coalesce:
      [c("x", "n", "y"), c("s", "t"), c("d", "v"), c("b", "c"), c("n") + [int(0)], [.missing(.int)] + c("k")]
    case .min, .max: [c("x", "y"), c("n", "m"), c("x", "n", "f"), c("b", "c"), c("d", "e"), c("d", "v")]
    case .clamp: [c("x", "f", "y"), c("n") + [int(-1), int(10)], c("d", "e") + [day]]
    case .round:
      [
        c("x"), c("n"), c("x") + [int(2)], c("x") + [int(-2)], c("n") + [int(-1)], c("f") + [int(1)],
        c("x") + [int(400)],
      ]
    case .abs, .sign, .negate, .floor, .ceil, .trunc, .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .sin, .cos,
      .tan,
      .sinh, .cosh, .tanh, .sigmoid:
      [c("x"), c("n"), c("f"), c("g")]
    case .concat: [c("s", "t", "s"), c("s"), [text("a")] + c("s")]
    case .contains, .startsWith, .endsWith: ["a", "", ".", "\n", "日", "o@m", "\\", "no"].map { c("s") + [text($0)] }
    case .matches: patterns.map { c("s") + [text($0)] }
    case .text: [c("s"), c("n"), c("b")]
    case .int, .float, .bool: [c("x"), c("n"), c("b")]
    case .date: [c("d"), c("v")]
    case .datetime: [c("d"), c("v"), c("n"), c("f")]
    case .year, .month, .day, .weekday, .dayOfYear, .week, .quarter, .epoch: [c("d"), c("v")]
    case .hour, .minute, .second: [c("v")]
    case .years, .months, .days: [c("d", "e"), c("v", "w"), c("d", "w"), c("d") + [day], [moment] + c("v")]
    case .hours, .minutes, .seconds: [c("v", "w"), c("d", "e"), c("k"), c("f")]
    case .dateTrunc: units.map { [text($0)] + c("d") } + (units + clockUnits).map { [text($0)] + c("v") }
    case .dateAdd: units.map { c("d", "k") + [text($0)] } + (units + clockUnits).map { c("v", "k") + [text($0)] }
    case .makeDate: [c("n", "k", "k"), [int(2024)] + c("k", "k"), [int(2024), int(2)] + c("k")]
    default: []
    }
  }

  private static let comparisons: [[Expression]] = [
    c("x", "y"), c("n", "m"), c("x", "n"), c("d", "e"), c("d", "v"), c("v", "w"), c("f") + [float(0)],
    c("n") + [.missing(.int)],
  ]

  private static let memberships: [[Expression]] = [
    c("s") + ["a", "Oslo", "a", ""].map(text), c("s") + [text("a"), .missing(.text)], c("s"), c("s", "t"),
    c("n") + [int(1), int(7)], c("x") + [float(1.5), int(100), float(-0.0)], c("x"), c("x", "y") + [.missing(.float)],
    c("d") + [day, moment], c("d") + [day], c("v") + [moment], c("b") + [.literal(.bool(true))], c("n") + [float(2.0)],
  ]

  static let patterns = [
    "a", "^a", "a$", "^a$", "", ".", "a.b", "a\\.b", "^\\d+$", "\\w+@\\w+\\.no$", "[a-c]n", "[^a]", "^(?:a|b)$",
    "an{2}",
    "(an){2,}", "\\s", "\\S$", "(?i)BAN", "^\\W", "end$", "[\\d-]", "[-a]", "[\\w.]+", "x|y|^$", "é|[.]|Ø",
    "a*?n+?", "tab\\tx", "\\Aab\\z", "日.$", "[[]|,", "quote\"",
  ]
}
