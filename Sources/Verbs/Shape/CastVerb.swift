import Descriptions
import Diagnostics
import Expressions
import Interpreter
import Plan
import Tables

/// `cast pclass = text`
enum CastVerb: Verb {
  static let types: [String: Function] = [
    "text": .text, "int": .int, "float": .float, "bool": .bool, "date": .date, "datetime": .datetime,
  ]
  static let typeNames = ["text", "int", "float", "bool", "date", "datetime"]

  static let description = Description(
    name: "cast", summary: "Change the type of columns", group: "Shape", signature: "Table → Table · Split → Split",
    details: [
      "A cell that has no value of the new type becomes missing, and the result says how many did. `int` cuts off decimals."
    ],
    positionals: [
      Positional("column = type", .method(typeNames), "columns and their new type", minimum: 1, maximum: nil)
    ],
    examples: [Example("a number that is a name", "load penguins\ncast year = text\nschema")],
    otherNames: ["astype", "convert", "as_type"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let methods = call.methods(typeNames, usual: .all, in: schema, &sink) else {
      return nil
    }
    var steps: [Step] = []
    var isOpen = false
    for (column, entry) in methods.byColumn {
      guard let word = entry.method.string, let function = types[word] else {
        sink.report(
          .unknownMethod, "'\(entry.method)' is no type", at: entry.range,
          help: ["types: " + typeNames.joined(separator: ", ")])
        return nil
      }
      guard let type = schema.facts(of: column)?.type else {
        isOpen = true
        continue
      }
      guard function.result([type]) != nil else {
        sink.report(.wrongType, "'\(column)' is \(type) and cannot become \(word)", at: entry.range)
        return nil
      }
      let expression = Expression.call(function, [.column(column, type)])
      steps.append(.feature(Derive(column, expression, words: "cast \(column) = \(word)")))
    }
    return isOpen ? call.open(subject) : .recording(steps, on: subject, call, &sink)
  }
}
