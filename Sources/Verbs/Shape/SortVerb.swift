import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

/// `sort spend = down, name`
enum SortVerb: Verb {
  static let description = Description(
    name: "sort", summary: "Order the rows by columns", group: "Shape", signature: "Table → Table · Split → Split",
    details: ["Rows that are equal keep their order. Missing comes last, up or down. Text is ordered by code points."],
    positionals: [
      Positional("columns", .method(["up", "down"]), "columns, or `column = down`", minimum: 1, maximum: nil)
    ],
    examples: [Example("largest first", "load diamonds\nsort price = down, carat\nshow rows: 5")],
    otherNames: ["order", "order_by", "arrange"])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema else { return nil }
    var keys: [Sort.Key] = []
    var failed = false
    for argument in call.arguments {
      switch argument.kind {
      case .positional(let value):
        guard !refusesSign(value, &sink), let names = call.columns(value, in: schema, &sink) else {
          failed = true
          continue
        }
        keys += names.map { Sort.Key($0) }
      case .assignment(let target, let value):
        guard let names = call.columns(target, in: schema, &sink), let isDown = direction(value, &sink) else {
          failed = true
          continue
        }
        keys += names.map { Sort.Key($0, isDescending: isDown) }
      case .option: continue
      }
    }
    if failed { return nil }
    let words = keys.map { $0.isDescending ? "\($0.column) = down" : $0.column }.joined(separator: ", ")
    return .recording([.choose(Sort(by: keys, words: "sort \(words)"))], on: subject, call, &sink)
  }

  /// `sort -age` and `sort desc(age)`.
  private static func refusesSign(_ value: Expr, _ sink: inout DiagnosticSink) -> Bool {
    var name = value.negatedName
    var way = "down"
    if case .call(let call) = value.kind, call.arguments.count == 1, let word = directions[call.function.text] {
      (name, way) = (call.arguments[0].dottedName, word)
    }
    guard let name else { return false }
    sink.report(
      .otherLanguage, "a direction stands after '='", at: value.range,
      rewrite: Rewrite(value.range, "\(SyntaxPrinter.name(name)) = \(way)"))
    return true
  }

  private static func direction(_ value: Expr, _ sink: inout DiagnosticSink) -> Bool? {
    if case .name(let word) = value.kind, ["up", "down"].contains(word) { return word == "down" }
    sink.report(
      .unknownMethod, "'sort' goes up or down", at: value.range, label: hint(value),
      help: ["up is the default: `sort a, b = down`"])
    return nil
  }

  /// The words of other languages for the two directions.
  private static let directions = [
    "desc": "down", "descending": "down", "decreasing": "down", "asc": "up", "ascending": "up", "increasing": "up",
  ]

  private static func hint(_ value: Expr) -> String? {
    guard case .name(let word) = value.kind else { return nil }
    return directions[word].map { "here it is '\($0)'" } ?? NearestName.hint(word, in: ["up", "down"])
  }
}
