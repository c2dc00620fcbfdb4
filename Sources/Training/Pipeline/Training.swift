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
  /// Whether an interrupt ends only the search: the best so far is kept.
  public let keepsBest: Bool

  public init(
    _ candidates: [Candidate], metric: (any Metric.Type)? = nil, trials: Int = 20, method: SearchMethod = .random,
    folds: Int = 5, seed: UInt64, keepsBest: Bool = false
  ) {
    self.candidates = candidates
    self.metric = metric
    self.trials = trials
    self.method = method
    self.folds = folds
    self.seed = seed
    self.keepsBest = keepsBest
  }

  /// A candidate that was tried, with what it scored.
  private struct Trial: Sendable {
    let candidate: Candidate
    let entry: BoardEntry
    /// What the metrics beside the one that ranks say of it.
    let others: [Double?]
    /// Its answers, fold after fold, where they are worth keeping.
    let scored: ScoredRows?
  }

  /// What a round of a candidate came to.
  private struct Answers: Sendable {
    /// Of each metric, the one that ranks first.
    let values: [MetricValue]
    let rows: Int
    let scored: ScoredRows?
  }

  /// Trains, choosing among several candidates on the valid part or on folds of the training part.
  ///
  /// The model is the best candidate fitted on the whole training part. Throws `badLabel`, `unsupported` for an algorithm that the
  /// task has not, `trainingFailed` when every candidate failed, with the reason of each.
  public func train(_ split: Split, _ progress: Progress) throws(EngineError) -> TrainingOutcome {
    for candidate in candidates where candidate.learner.learnsLabel { try requireTask(of: candidate, split) }
    let drawn = try draws()
    guard drawn.count > 1 else { return try fit(drawn[0], split, nil, progress) }
    let label = try rankedLabel(drawn, split)
    let metrics = MetricCatalog.leading(for: label.task, first: metric ?? MetricCatalog.standard(for: label.task))
    let rounds = try TrainingRounds(split, folds: folds)
    let results = try judged(drawn, rounds, label, by: metrics, progress)
    let ranked = self.ranked(drawn, results, label, by: metrics)
    guard let best = ranked.first, best.entry.score != nil else {
      throw EngineError(
        .fitting(.everyCandidate(ranked.map { CandidateFailure($0.entry.algorithm, $0.entry.failure) })))
    }
    let board = Board(
      entries: ranked.map(\.entry), metric: metrics[0].name,
      figures: BoardFigures(
        folds: rounds.areFolds ? rounds.count : nil, rows: rounds.judgedCount,
        metrics: metrics.dropFirst().map { $0.name },
        values: ranked.map(\.others)), rounds: rounds, scored: best.scored, untried: drawn.count - ranked.count)
    return try fit(best.candidate, split, board, progress)
  }

  /// A model that this training has made before of the same split, with all that was not kept of it; nil where it is none of its own.
  public func resumed(_ model: Model, on split: Split) throws(EngineError) -> Model? {
    let drawn = try draws()
    let best = model.board.first
    let found = drawn.first {
      $0.name == model.algorithm && (drawn.count == 1 || $0.optionWords == best?.options)
    }
    guard let candidate = found else { return nil }
    let label = candidate.learner.learnsLabel ? split.encoding?.label : nil
    let pipeline = Pipeline(candidate, label: label, seed: seed)
    return Model(
      name: model.name, graph: model.graph, scorer: model.scorer, label: label, algorithm: model.algorithm,
      options: candidate.optionsInFull(label?.task), steps: model.steps, notes: model.notes, trainRows: model.trainRows,
      board: model.board, boardMetric: model.boardMetric, boardFigures: model.boardFigures, split: split,
      trainer: label.map { _ in OutOfFoldTrainer(pipeline, folds: folds, scored: nil) })
  }

  /// How the candidates came out.
  private struct Board {
    let entries: [BoardEntry]
    let metric: String
    let figures: BoardFigures
    let rounds: TrainingRounds
    let scored: ScoredRows?
    /// How many candidates an interrupt has left out.
    let untried: Int

    var notes: [ModelNote] {
      let cut = untried > 0 ? [ModelNote.searchCutShort(entries.count, of: entries.count + untried)] : []
      return cut + (rounds.areOrdered ? [.orderedFolds] : [])
    }
  }

  /// The label that candidates are ranked by, which each of them has to learn.
  private func rankedLabel(_ drawn: [Candidate], _ split: Split) throws(EngineError) -> ModelLabel {
    if let other = drawn.first(where: { !$0.learner.learnsLabel }) {
      throw EngineError(.label(.notRanked(other.name)))
    }
    guard let label = split.encoding?.label else { throw EngineError(.label(.notChosen(split.name))) }
    return label
  }

  private func requireTask(of candidate: Candidate, _ split: Split) throws(EngineError) {
    guard let label = split.encoding?.label else { throw EngineError(.label(.notChosen(split.name))) }
    guard !candidate.learner.tasks.contains(label.task) else { return }
    let fitting = LearnerCatalog.learners(for: label.task).map { $0.description.name }
    throw EngineError(
      .label(
        .wrongTask(
          learner: candidate.name, label: label.name, label.task, fitting: fitting, readAs: candidate.task(for: label)))
    )
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

  /// Answers of all candidates together are kept up to this many rows, so that judging the best does not fit its folds again.
  private static let keptRows = 20_000_000

  /// What each round of each candidate came to; nil for a candidate that an interrupt has left out.
  private func judged(
    _ candidates: [Candidate], _ rounds: TrainingRounds, _ label: ModelLabel, by metrics: [any Metric.Type],
    _ progress: Progress
  ) throws(EngineError) -> [[Result<Answers, EngineError>]?] {
    let count = rounds.count
    let keeps = rounds.areFolds && candidates.count * rounds.judgedCount <= Self.keptRows
    let cells = try rounds.data(0, progress).cellCount
    let watch = SearchWatch(trials: candidates.count, rounds: count, metric: metrics[0], progress)
    let results = TrainingJobs.attempts(
      candidates.count * count, cells: cells, progress,
      { [seed] job, progress throws(EngineError) -> Answers in
        let pipeline = Pipeline(candidates[job / count], label: label, seed: seed)
        let scored = try rounds.score(pipeline, round: job % count, progress)
        let judgement = scored.judgement(label)
        return Answers(
          values: metrics.map { $0.value(judgement) }, rows: scored.rows.count, scored: keeps ? scored : nil)
      },
      ended: { job, result in watch.ended(job / count, result.answer.map { ($0.values[0], $0.rows) }) })
    let all = candidates.indices.map { Array(results[$0 * count..<($0 + 1) * count]) }
    if progress.isCancelled { return try whole(all, progress) }
    return all
  }

  /// What an interrupt leaves: the candidates whose rounds had all ended. Throws `interrupted` where that is none, or the training
  /// is not to go on.
  private func whole(
    _ all: [[Result<Answers, EngineError>]], _ progress: Progress
  ) throws(EngineError) -> [[Result<Answers, EngineError>]?] {
    let ended = all.map { rounds in rounds.contains { $0.isCancelled } ? nil : rounds }
    let isAny = ended.contains { $0?.allSatisfy { $0.answer != nil } ?? false }
    guard keepsBest, isAny, progress.resume() else { throw .cancelled }
    return ended
  }

  private func ranked(
    _ candidates: [Candidate], _ results: [[Result<Answers, EngineError>]?], _ label: ModelLabel,
    by metrics: [any Metric.Type]
  ) -> [Trial] {
    let trials = zip(candidates, results).compactMap { candidate, rounds in
      rounds.map { trial(candidate, $0, label, by: metrics) }
    }
    return trials.enumerated().sorted { left, right in
      guard let a = left.element.entry.score else { return false }
      guard let b = right.element.entry.score else { return true }
      return a == b ? left.offset < right.offset : metrics[0].direction.isBetter(a, than: b)
    }.map(\.element)
  }

  /// What the rounds of a candidate came to; it failed where one of them did.
  private func trial(
    _ candidate: Candidate, _ rounds: [Result<Answers, EngineError>], _ label: ModelLabel,
    by metrics: [any Metric.Type]
  ) -> Trial {
    var answers: [Answers] = []
    var failure: CandidateFailure.Reason?
    for round in rounds {
      switch round {
      case .success(let answer): answers.append(answer)
      case .failure(let error): failure = failure ?? .problem(error.problem)
      }
    }
    let all = metrics.indices.map { place in FoldScores(answers.map { ($0.values[place], rows: $0.rows) }) }
    let scores = all[0]
    let parts = answers.compactMap(\.scored)
    return Trial(
      candidate: candidate,
      entry: BoardEntry(
        algorithm: candidate.name, options: candidate.optionWords, score: failure == nil ? scores.mean : nil,
        spread: failure == nil ? scores.standardError : nil,
        failure: failure ?? self.failure(scores, label, metrics[0])),
      others: all.dropFirst().map { failure == nil ? $0.mean : nil },
      scored: parts.count == rounds.count ? ScoredRows.joined(parts) : nil)
  }

  private func failure(
    _ scores: FoldScores, _ label: ModelLabel, _ metric: any Metric.Type
  ) -> CandidateFailure.Reason? {
    scores.undefined.map { undefined in
      .undefined(
        UndefinedFigure(
          metric.description.name, undefined.reason, classes: label.classes.map(\.description), rows: undefined.rows))
    }
  }

  private func fit(
    _ candidate: Candidate, _ split: Split, _ board: Board?, _ progress: Progress
  ) throws(EngineError) -> TrainingOutcome {
    let label = candidate.learner.learnsLabel ? split.encoding?.label : nil
    let pipeline = Pipeline(candidate, label: label, seed: seed)
    let data: TrainingData
    if let rounds = board?.rounds, !rounds.areFolds {
      // The round on the valid part learned from the same rows.
      data = try rounds.data(0, progress)
    } else {
      data = try TrainingData(split, rows: split.train, progress)
    }
    let fitted = try pipeline.fit(data, progress)
    let model = Model(
      name: split.name, graph: fitted.graph, scorer: try Scorer.compiled(fitted.graph), label: label,
      algorithm: candidate.name, options: candidate.optionsInFull(label?.task),
      steps: StepWords.grouped(split.recipe.told + fitted.additions),
      notes: (board?.notes ?? []) + fitted.notes, trainRows: fitted.rowCount, board: board?.entries ?? [],
      boardMetric: board?.metric, boardFigures: board?.figures, split: split,
      trainer: label.map { _ in OutOfFoldTrainer(pipeline, folds: folds, scored: board?.scored) })
    let isCutShort = board.map { $0.untried > 0 } ?? false
    guard label != nil, let target = data.target else {
      return TrainingOutcome(model: model, suspicions: [], isCutShort: isCutShort)
    }
    return TrainingOutcome(
      model: model, suspicions: SuspiciousFeatures(fitted.features.design, target, progress).findings,
      isCutShort: isCutShort)
  }
}

/// A trained model with what looks odd about what it learned from.
public struct TrainingOutcome: Sendable {
  public let model: Model
  public let suspicions: [SuspiciousFeatures.Finding]
  /// Whether an interrupt ended the search before all candidates were tried.
  public let isCutShort: Bool
}

extension Result where Failure == EngineError {
  fileprivate var answer: Success? { if case .success(let answer) = self { answer } else { nil } }

  fileprivate var isCancelled: Bool { if case .failure(let error) = self { error == .cancelled } else { false } }
}
