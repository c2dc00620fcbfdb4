import Display
import Interpreter
import Kernels
import Plan
import Scoring
import Tables

/// A model's answers to rows that come a part at a time, with what there is to say of all of them.
struct ScoredRows {
  private let model: Model
  private(set) var rowCount = 0
  private var replaced: [String] = []
  private var flagged: [Int]
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
    let answers = answers(scored)
    replaced = answers.map(\.0).filter { shown[$0] != nil }
    absent = model.graph.inputs.map(\.name).filter { inputs[$0] == nil }
    return answers.reduce(shown) { $0.with($1.0, $1.1) }
  }

  private func answers(_ scored: Scored) -> [(String, Column)] {
    var answers = [("prediction", scored.prediction)]
    guard let probabilities = scored.probabilities else { return answers }
    for (place, name) in model.graph.classes.map(\.description).enumerated() {
      answers.append(("probability_\(name)", .float(Cells(probabilities.values(of: place)))))
    }
    return answers
  }

  /// What is said of the rows, when all were scored.
  func notes(_ given: [String]) -> [Note] {
    var notes = [Note("predict: \(counted(rowCount, "row")) scored")] + given.map { Note("predict: \($0)") }
    if !replaced.isEmpty {
      notes.append(Note("predict: the columns that were there are replaced: \(replaced.joined(separator: ", "))"))
    }
    if !absent.isEmpty {
      notes.append(Note(.warning, "predict: not there, so missing: \(absent.joined(separator: ", "))"))
    }
    for (flag, count) in zip(model.graph.flags, flagged) where count > 0 {
      notes.append(Note(.warning, "predict: \(flag.name): \(count) of \(counted(rowCount, "row"))"))
    }
    return notes
  }
}
