import Descriptions
import Diagnostics
import Interpreter
import Plan
import Training

/// `encode class = onehot`
enum EncodeVerb: Verb {
  static let words = Encode.Method.allCases.map(\.rawValue)
  static let order = Parameter<[String]>(
    "order", "The categories from low to high, for `ordinal`", otherwise: "the order of their code points", .notEmpty,
    meaning: .valueOfColumn)

  static let description = Description(
    name: "encode", summary: "Turn categories into numbers", group: "Features",
    signature: "Table → Table · Split → Split",
    details: [
      "`onehot` gives one column of type vector under the same name, with a place for each category of the training part; a category not seen there is all zeros, and scored rows with one are flagged. `ordinal` gives the category's place as a number; one not seen is missing.",
      "Most scripts need no `encode`: `train` adds what its algorithm needs.",
    ],
    positionals: [
      Positional("column = method", .method(words), "columns and how to encode them", minimum: 1, maximum: nil)
    ],
    parameters: [order],
    examples: [
      Example("one-hot", "load penguins\nencode island = onehot\nshow"),
      Example("with an order", "load titanic\nencode class = ordinal, order: [\"3rd\", \"2nd\", \"1st\"]\nshow"),
    ],
    otherNames: ["get_dummies", "one_hot", "OneHotEncoder", "factorize"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let entries = call.methods(words, usual: .text, in: schema, &sink) else {
      return nil
    }
    var steps: [Step] = []
    for (column, entry) in entries.byColumn {
      guard let method = entry.method.string.flatMap(Encode.Method.init(rawValue:)) else {
        sink.report(
          .unknownMethod, "'encode' has no method \(entry.method)", at: entry.range,
          help: ["methods: " + words.joined(separator: ", ")])
        return nil
      }
      if column == schema.label?.name {
        sink.report(
          .labelLeak, "'\(column)' is the label; it needs no encoding", at: entry.range)
        return nil
      }
      steps.append(.feature(Encode(column, method, order: call.options[order])))
    }
    return .recording(steps, ranges: entries.byColumn.map(\.use.range), on: subject, call, &sink)
  }
}
