import Descriptions
import Kernels
import Learners
import Metrics
import Plan
import Scoring

/// What `train` was asked for: algorithms with fixed or tuned hyperparameters, and how to choose among them.
public struct Training: Sendable {
  public let candidates: [Candidate]
  /// What ranks the candidates; nil takes the task's standard metric.
  public let metric: (any Metric.Type)?
  /// How many draws for each algorithm with something to tune.
  public let trials: Int
  public let method: SearchMethod
  public let folds: Int
  public let seed: UInt64

  public init(
    _ candidates: [Candidate], metric: (any Metric.Type)? = nil, trials: Int = 20, method: SearchMethod = .random,
    folds: Int = 5, seed: UInt64
  ) {
    self.candidates = candidates
    self.metric = metric
    self.trials = trials
    self.method = method
    self.folds = folds
    self.seed = seed
  }

  /// A candidate that was tried, with what it scored.
  private struct Trial {
    let candidate: Candidate
    let entry: BoardEntry
    let error: EngineError?
  }

  /// Trains, choosing among several candidates on the valid part or on folds of the training part.
  ///
  /// The model is the best candidate fitted on the whole training part. Throws `badLabel`, `unsupported` for an algorithm that the
  /// task has not, `trainingFailed` when every candidate failed, with the reason of each.
  public func train(_ split: Split, _ progress: Progress) throws(EngineError) -> Model {
    guard let spec = split.label, let labels = split.labels else {
      throw EngineError(.noLabel, split.name, "no label was chosen", help: ["`label COLUMN` before `split`"])
    }
    let encoding = try LabelEncoding(labels, spec)
    for candidate in candidates { try requireTask(encoding.label.task, of: candidate) }
    let drawn = try draws()
    guard drawn.count > 1 else {
      return try fit(drawn[0], split, encoding, board: [], metric: nil, progress)
    }
    let metric = metric ?? MetricCatalog.standard(for: encoding.label.task)
    let ranked = try rank(drawn, split, encoding.label, by: metric, progress)
    guard let best = ranked.first, best.entry.score != nil else {
      throw EngineError(
        .trainingFailed, "every candidate", "every candidate failed",
        help: ranked.map { "\($0.entry.algorithm): \($0.entry.failure ?? "no score")" })
    }
    return try fit(
      best.candidate, split, encoding, board: ranked.map(\.entry), metric: metric.description.name, progress)
  }

  private func requireTask(_ task: LearningTask, of candidate: Candidate) throws(EngineError) {
    guard !candidate.learner.tasks.contains(task) else { return }
    let fitting = LearnerCatalog.all.filter { $0.tasks.contains(task) }.map { $0.description.name }
    throw EngineError(
      .unsupported, candidate.name, "\(candidate.name) does not learn a \(task.rawValue) label",
      help: ["for this label: " + fitting.joined(separator: ", ")])
  }

  /// Every candidate with its hyperparameters settled.
  private func draws() throws(EngineError) -> [Candidate] {
    var drawn: [Candidate] = []
    for candidate in candidates {
      let space = SearchSpace(candidate.learner.description, candidate.options)
      let options = try space.settings(method, trials: trials, seed: seed)
      drawn += options.map { Candidate(candidate.learner, $0) }
    }
    return drawn
  }

  private func rank(
    _ candidates: [Candidate], _ split: Split, _ label: ModelLabel, by metric: any Metric.Type, _ progress: Progress
  ) throws(EngineError) -> [Trial] {
    var trials: [Trial] = []
    for (place, candidate) in candidates.enumerated() {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(place) / Double(candidates.count), "train \(candidate.name)")
      }
      trials.append(try tried(candidate, split, label, by: metric, progress))
    }
    let direction = metric.direction
    return trials.enumerated().sorted { left, right in
      guard let a = left.element.entry.score else { return false }
      guard let b = right.element.entry.score else { return true }
      return a == b ? left.offset < right.offset : direction.isBetter(a, than: b)
    }.map(\.element)
  }

  private func tried(
    _ candidate: Candidate, _ split: Split, _ label: ModelLabel, by metric: any Metric.Type, _ progress: Progress
  ) throws(EngineError) -> Trial {
    do throws(EngineError) {
      let scores = try scores(candidate, split, label, by: metric, progress)
      return Trial(
        candidate: candidate,
        entry: BoardEntry(
          algorithm: candidate.name, options: candidate.optionWords, score: scores.mean,
          spread: scores.standardError, failure: failure(scores, label, metric)), error: nil)
    } catch {
      if error.code == .interrupted { throw error }
      return Trial(
        candidate: candidate,
        entry: BoardEntry(
          algorithm: candidate.name, options: candidate.optionWords, score: nil, spread: nil,
          failure: "\(error.code.rawValue): \(error.reason)"), error: error)
    }
  }

  /// The metric on the valid part, or on each fold.
  private func scores(
    _ candidate: Candidate, _ split: Split, _ label: ModelLabel, by metric: any Metric.Type, _ progress: Progress
  ) throws(EngineError) -> FoldScores {
    let pipeline = Pipeline(candidate, label: label, seed: seed)
    if !split.valid.isEmpty, split.foldCount < 2, let labels = split.labels {
      let fitted = try pipeline.fit(split, rows: split.train, progress)
      let scored = try fitted.score(split, rows: split.valid, labels: labels, progress)
      return FoldScores(metric, [scored.judgement(label)])
    }
    let validation = try CrossValidation(split, label: label, count: folds)
    return FoldScores(metric, try validation.outOfFold(pipeline, split, progress).map { $0.judgement(label) })
  }

  private func failure(_ scores: FoldScores, _ label: ModelLabel, _ metric: any Metric.Type) -> String? {
    scores.undefined.map { undefined in
      let words = undefined.reason.words(classes: label.classes.map(\.description), rows: undefined.rows)
      return "\(metric.description.name) is undefined: \(words)"
    }
  }

  private func fit(
    _ candidate: Candidate, _ split: Split, _ encoding: LabelEncoding, board: [BoardEntry], metric: String?,
    _ progress: Progress
  ) throws(EngineError) -> Model {
    let pipeline = Pipeline(candidate, label: encoding.label, seed: seed)
    let fitted = try pipeline.fit(split, rows: split.train, progress)
    return Model(
      name: split.name, graph: fitted.graph, scorer: try Scorer.compiled(fitted.graph), label: encoding.label,
      algorithm: candidate.name, options: candidate.optionsInFull, steps: split.recipe.words + fitted.additions,
      notes: fitted.notes, trainRows: fitted.rowCount, board: board, boardMetric: metric,
      split: split,
      trainer: OutOfFoldTrainer(pipeline))
  }
}
