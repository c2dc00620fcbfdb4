import Kernels
import Plan
import Scoring
import Synchronization
import Tables

/// Trains on folds of the training part and scores what each leaves out.
public struct CrossValidation: Sendable {
  public let folds: Folds

  /// The split's own folds; without any, `count` are drawn, stratified for classes and keeping groups together.
  /// Throws `emptyPart` when there are too few rows.
  public init(_ split: Split, label: ModelLabel, count: Int = 5) throws(EngineError) {
    if split.foldCount > 1 {
      folds = Folds(assignment: split.folds, count: split.foldCount, isOrdered: split.foldsAreOrdered)
      return
    }
    let labels = split.labels?.take(split.train)
    let strata = label.task == .regression ? nil : labels.map { LabelEncoding.codes($0, label) }
    let groups = split.groups.map { groups in split.train.map { groups[$0] } }
    folds = try Folds.assign(
      rowCount: split.train.count, folds: max(2, min(count, split.train.count)), strata: strata, groups: groups,
      seed: split.seed)
  }

  /// Each held-out training row scored by the pipeline fitted on the other folds, fold after fold.
  public func outOfFold(
    _ pipeline: Pipeline, _ split: Split, _ progress: Progress
  ) throws(EngineError) -> [ScoredRows] {
    guard let labels = split.labels else { throw EngineError(.noLabel, split.name, "no label was chosen") }
    var parts: [ScoredRows] = []
    for fold in folds.rounds {
      let rows = folds.rows(holdingOut: fold)
      guard !rows.train.isEmpty, !rows.valid.isEmpty else { continue }
      let fitted = try pipeline.fit(split, rows: rows.train.map { split.train[$0] }, progress)
      parts.append(
        try fitted.score(split, rows: rows.valid.map { split.train[$0] }, labels: labels, progress))
    }
    return parts
  }
}

/// Scores training rows out of fold when they are first asked for, and keeps the answer.
final class OutOfFoldTrainer: Trainer {
  private let pipeline: Pipeline
  private let kept = Mutex<ScoredRows?>(nil)

  init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  func outOfFold(_ split: Split, _ progress: Progress) throws(EngineError) -> ScoredRows {
    if let rows = kept.withLock({ $0 }) { return rows }
    let validation = try CrossValidation(split, label: pipeline.label)
    guard let rows = ScoredRows.joined(try validation.outOfFold(pipeline, split, progress)) else {
      throw EngineError(.noRows, split.name, "there are too few rows for folds")
    }
    kept.withLock { $0 = rows }
    return rows
  }
}
