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
    guard let split = model.split, let labels = split.labels else {
      throw EngineError(.noSplit, model.name, "this model has no rows of its own")
    }
    self.model = model
    self.split = split
    if !split.valid.isEmpty {
      part = "valid"
      scored = try ScoredRows.scoring(
        split.raw.take(split.valid), with: model.scorer, rows: split.valid, labels: labels.take(split.valid),
        context.progress)
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
    guard let labels = split.labels, split.sealed.count > 0 else {
      throw EngineError(.noTestPart, model.name, "there is no test part")
    }
    let opened = split.sealed.open(context.ledger)
    self.split = split
    part = "test"
    scored = try ScoredRows.scoring(
      split.raw.take(opened.rows), with: model.scorer, rows: opened.rows, labels: labels.take(opened.rows),
      context.progress)
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
    let raw = split.raw.take(scored.rows)
    if let column = raw[name] { return column }
    return try split.recipe.fit(on: raw, choosing: .none, context.progress).rows[name]
  }
}

extension Predictions {
  /// Every metric of the task that is defined, by name.
  var figures: [(metric: String, value: Double)] {
    MetricCatalog.values(self).map { ($0.metric.description.name, $0.value) }
  }
}
