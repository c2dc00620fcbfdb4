import Kernels
import Plan
import Synchronization

/// Scores training rows out of fold when they are first asked for, and keeps the answer.
final class OutOfFoldTrainer: Trainer {
  private let pipeline: Pipeline
  private let folds: Int
  private let kept: Mutex<ScoredRows?>

  /// `scored` are rows that the search has scored already, over the same folds.
  init(_ pipeline: Pipeline, folds: Int, scored: ScoredRows?) {
    self.pipeline = pipeline
    self.folds = folds
    kept = Mutex(scored)
  }

  func outOfFold(_ split: Split, _ progress: Progress) throws(EngineError) -> ScoredRows {
    if let rows = kept.withLock({ $0 }) { return rows }
    let rounds = try TrainingRounds(folding: split, folds)
    let pipeline = pipeline
    let cells = try rounds.data(0, progress).cellCount
    let parts = try TrainingJobs.run(rounds.count, cells: cells, progress) { round, progress throws(EngineError) in
      try rounds.score(pipeline, round: round, progress)
    }
    var scored: [ScoredRows] = []
    for part in parts { scored.append(try part.get()) }
    guard let rows = ScoredRows.joined(scored) else {
      throw EngineError(.rows(.tooFewForFolds(in: split.name)))
    }
    kept.withLock { $0 = rows }
    return rows
  }
}
