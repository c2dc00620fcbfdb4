import Interpreter
import Kernels
import Metrics
import Plan
import Scoring
import Tables
import Training

/// Rows that a model may be judged by without opening the sealed part: the valid part, else each training row scored by a model of
/// the folds that leave it out.
struct JudgedRows {
  let model: Model
  let split: Split
  let scored: ScoredRows
  /// `valid` or `out of fold`.
  let part: String

  init(_ model: Model, _ context: RunContext) throws(EngineError) {
    guard let split = model.split, split.labels != nil else {
      throw EngineError(.noSplit, model.name, "this model has no rows of its own")
    }
    self.model = model
    self.split = split
    if !split.valid.isEmpty {
      part = "valid"
      scored = try ScoredRows.scoring(split, rows: split.valid, with: model.scorer, context.progress)
    } else {
      part = "out of fold"
      guard let trainer = model.trainer else {
        throw EngineError(.noSplit, model.name, "this model cannot be trained again on folds")
      }
      scored = try trainer.outOfFold(split, context.progress)
    }
  }

  /// The sealed part, opened. Opening is counted.
  init(opening split: Split, of model: Model, _ context: RunContext) throws(EngineError) {
    guard split.labels != nil, split.sealed.count > 0 else {
      throw EngineError(.noTestPart, model.name, "there is no test part")
    }
    let opened = split.sealed.open(context.ledger)
    self.split = split
    part = "test"
    scored = try ScoredRows.scoring(split, rows: opened.rows, with: model.scorer, context.progress)
    self.model = model.recording([], part: "test", openings: opened.openings)
  }

  /// The answers, two classes decided at `threshold` of the positive one's probability when it is given.
  func predictions(threshold: Double? = nil) -> Predictions {
    let plain = scored.predictions(model.label)
    guard let threshold, model.label.task == .binary, let chances = plain.probability(of: 1) else { return plain }
    return Predictions(
      trueCodes: plain.trueCodes, predictedCodes: chances.map { $0 >= threshold ? 1 : 0 },
      probabilities: plain.probabilities, classCount: plain.classCount)
  }

  /// A column of the judged rows: as loaded, else as the recorded steps make it.
  func column(_ name: String, _ context: RunContext) throws(EngineError) -> Column? {
    if let column = split.raw[name] { return column.take(scored.rows) }
    return try split.recipe.fit(on: split.raw, rows: scored.rows, choosing: .none, context.progress)[name]?.gathered
  }
}

extension Predictions {
  /// Every metric of the task that is defined, by name.
  var figures: [(metric: String, value: Double)] {
    MetricCatalog.values(self).map { ($0.metric.description.name, $0.value) }
  }
}
