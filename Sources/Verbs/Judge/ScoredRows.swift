import Display
import Interpreter
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// A model's answers to rows that come a part at a time, with what there is to say of all of them.
struct ScoredRows {
  private let model: Model
  private(set) var rowCount = 0
  private var names = AnswerNames([], besides: [])
  private var flagged: [Int]
  /// Rows without an answer, for they break a guard.
  private var refused = 0
  private var absent: [String] = []

  init(_ model: Model) {
    self.model = model
    flagged = model.graph.flags.map { _ in 0 }
  }

  /// The rows as they are shown with the model's answers; `inputs` has what the model takes of them.
  mutating func take(_ shown: Table, _ inputs: Table, _ progress: Progress) throws(EngineError) -> Table {
    let scored = try EngineError.checking { () throws(Cancelled) in try model.scorer.score(inputs, progress) }
    rowCount += shown.rowCount
    for (place, flag) in scored.flags.enumerated() { flagged[place] += flag.rows.onesCount }
    refused += scored.refused?.onesCount ?? 0
    let answers = answers(scored)
    names = AnswerNames(answers.map(\.name), besides: shown.names)
    absent = model.graph.inputs.map(\.name).filter { inputs[$0] == nil }
    return zip(names.names, answers).reduce(shown) { $0.with($1.0, $1.1.column) }
  }

  private func answers(_ scored: Scored) -> [(name: String, column: Column)] {
    var answers = [(name: AnswerNames.prediction, column: scored.prediction)]
    if let probabilities = scored.probabilities {
      for (place, name) in model.graph.classes.map(\.description).enumerated() {
        answers.append((name: "probability_\(name)", column: .float(Cells(probabilities.values(of: place)))))
      }
    }
    guard let refused = scored.refused, refused.onesCount > 0 else { return answers }
    let places = (0..<refused.count).map { refused[$0] ? -1 : Int32(truncatingIfNeeded: $0) }
    return answers.map { ($0.name, $0.column.spread(places)) }
  }

  /// What is said of the rows, when all were scored. `known` are the columns that the check knew.
  func notes(_ given: [String], known: RelationSchema) -> [Note] {
    var notes = [Note("predict: \(counted(rowCount, "row")) scored")] + given.map { Note("predict: \($0)") }
    let isTold = known.names.contains(AnswerNames.prediction)
    notes += names.words(isPredictionTold: isTold).map { Note(.warning, "predict: \($0)") }
    if !absent.isEmpty {
      notes.append(Note(.warning, "predict: not there, so missing: \(absent.joined(separator: ", "))"))
    }
    for (flag, count) in zip(model.graph.flags, flagged) where count > 0 {
      let words = flag.isGuard ? "\(ScriptText.code(flag.name)) does not hold" : flag.name
      notes.append(Note(.warning, "predict: \(words): \(count) of \(counted(rowCount, "row"))"))
    }
    if refused > 0 {
      notes.append(Note(.warning, "predict: no answer for \(counted(refused, "row")), which the model's guards refuse"))
    }
    return notes
  }
}
