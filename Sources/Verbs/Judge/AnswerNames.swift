import Diagnostics
import Plan
import Tables

/// What the columns with a model's answers are called beside columns that are there: those keep their names.
struct AnswerNames {
  static let prediction = "prediction"

  private(set) var names: [String] = []
  /// The answers that are called otherwise than their own name.
  private(set) var changed: [(answer: String, name: String)] = []

  init(_ answers: [String], besides columns: [String]) {
    let there = Set(columns)
    var free = FreeNames(besides: columns + answers)
    for answer in answers {
      let name = there.contains(answer) ? free.take(answer) : answer
      names.append(name)
      if name != answer { changed.append((answer, name)) }
    }
  }

  /// What is said of the answers that are called otherwise. The prediction is left out where the check has told of it.
  func words(isPredictionTold: Bool) -> [String] {
    changed.filter { !isPredictionTold || $0.answer != Self.prediction }.map { Self.words($0.answer, $0.name) }
  }

  private static func words(_ answer: String, _ name: String) -> String {
    "there is a column '\(answer)' already, so the model's is '\(name)'"
  }

  /// The name of the prediction beside the columns of a schema.
  static func predictionName(besides schema: RelationSchema) -> String {
    AnswerNames([prediction], besides: schema.names).names[0]
  }

  /// Tells that the prediction will be called otherwise, as far as the columns are known. The names of the classes, and so of the
  /// probabilities, are known only when there are rows.
  static func warnings(besides schema: RelationSchema, at range: SourceRange) -> [Diagnostic] {
    AnswerNames([prediction], besides: schema.names).words(isPredictionTold: false).map {
      Diagnostic(
        .duplicateName, severity: .warning, "in \(schema.name) \($0)", at: range,
        help: ["`drop \(prediction)` or `rename` before it, where it is no input of the model"])
    }
  }
}
