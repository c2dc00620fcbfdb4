import Kernels
import Metrics
import Plan
import Scoring
import Tables

/// Rows that a model is judged by, scored, beside their labels.
public struct JudgedRows: Sendable {
  /// Which rows they are.
  public enum Part: String, Sendable, Hashable {
    case valid
    /// Each training row, scored by a model of the folds that leave it out.
    case outOfFold = "out of fold"
    case test
  }

  public let model: Model
  public let label: ModelLabel
  public let split: Split
  public let scored: ScoredRows
  public let part: Part
  public let judgement: Judgement

  /// The rows that a model may be judged by without opening the sealed part: the valid part, else the training rows out of fold.
  ///
  /// Throws `noLabel` for a model without a label, `noSplit` for one without rows of its own, `interrupted` when cancelled.
  public init(_ model: Model, _ progress: Progress) throws(EngineError) {
    let label = try model.requiredLabel()
    guard let split = model.split, split.labels != nil else {
      throw EngineError(.rows(.noneOfModel(model.name)))
    }
    if !split.valid.isEmpty {
      let scored = try ScoredRows.scoring(split, rows: split.valid, with: model.scorer, progress)
      self.init(model, label, split, scored, .valid)
    } else {
      guard let trainer = model.trainer else {
        throw EngineError(.rows(.noFolds(model: model.name)))
      }
      self.init(model, label, split, try trainer.outOfFold(split, progress), .outOfFold)
    }
  }

  /// The sealed part, opened; the opening is counted in the ledger and on the model's record. Throws `noTestPart` when there is
  /// none.
  public init(
    opening split: Split, of model: Model, _ ledger: OpeningLedger, _ progress: Progress
  ) throws(EngineError) {
    let label = try model.requiredLabel()
    guard split.labels != nil, split.sealed.count > 0 else {
      throw EngineError(.rows(.noTestPart))
    }
    let opened = split.sealed.open(ledger)
    let scored = try ScoredRows.scoring(split, rows: opened.rows, with: model.scorer, progress)
    self.init(
      model.recording([], part: Part.test.rawValue, openings: opened.openings), label, split, scored, .test)
  }

  private init(_ model: Model, _ label: ModelLabel, _ split: Split, _ scored: ScoredRows, _ part: Part) {
    self.model = model
    self.label = label
    self.split = split
    self.scored = scored
    self.part = part
    judgement = scored.judgement(label)
  }

  /// In how many folds the rows were scored; 0 where they are those of a part.
  public var foldCount: Int { Int(scored.folds.max() ?? -1) + 1 }

  /// A column of the judged rows: as loaded, else as the recorded steps make it; nil when neither has it.
  public func column(_ name: String, _ progress: Progress) throws(EngineError) -> Column? {
    if let column = split.raw[name] { return column.take(scored.rows) }
    return try split.recipe.fit(on: split.raw, rows: scored.rows, choosing: .none, progress)[name]?.gathered
  }
}
