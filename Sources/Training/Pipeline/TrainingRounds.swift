import Kernels
import Plan
import Synchronization
import Tables

/// The rounds in which candidates are judged: on the valid part, or on folds of the train part. What a round learns from is made
/// ready once, for all candidates.
final class TrainingRounds: Sendable {
  let split: Split
  /// Whether the rounds are folds.
  let areFolds: Bool
  /// Whether each fold is judged by what was learned from earlier ones only.
  let areOrdered: Bool
  private let rounds: [Round]

  private final class Round: Sendable {
    let train: RowList
    let judged: RowList
    let data = Mutex<TrainingData?>(nil)

    init(train: RowList, judged: RowList) {
      self.train = train
      self.judged = judged
    }
  }

  /// The valid part where there is one and no folds were asked for; else folds.
  convenience init(_ split: Split, folds count: Int) throws(EngineError) {
    if split.foldCount < 2, !split.valid.isEmpty {
      self.init(split, [Round(train: split.train, judged: split.valid)], areFolds: false, areOrdered: false)
    } else {
      try self.init(folding: split, count)
    }
  }

  /// Folds of the train part: those that the split has, else as many as asked for, drawn by what the parts were drawn by. Throws
  /// `emptyPart` when rows, groups or times do not suffice.
  convenience init(folding split: Split, _ count: Int) throws(EngineError) {
    let folds: Folds
    if let own = split.folds, own.count > 1 {
      folds = Folds(assignment: own.assignment, count: own.count, isOrdered: own.areOrdered, gap: split.keys.gap)
    } else {
      folds = try Folds.assign(
        rowCount: split.train.count, folds: max(2, min(count, split.train.count)), split.keys, seed: split.seed)
    }
    var rounds: [Round] = []
    for fold in folds.rounds {
      let (train, judged) = folds.rows(holdingOut: fold)
      if train.isEmpty || judged.isEmpty { continue }
      rounds.append(Round(train: split.train.at(RowList(train)), judged: split.train.at(RowList(judged))))
    }
    guard !rounds.isEmpty else { throw EngineError(.rows(.tooFewForFolds(in: split.name))) }
    self.init(split, rounds, areFolds: true, areOrdered: folds.isOrdered)
  }

  private init(_ split: Split, _ rounds: [Round], areFolds: Bool, areOrdered: Bool) {
    self.split = split
    self.rounds = rounds
    self.areFolds = areFolds
    self.areOrdered = areOrdered
  }

  var count: Int { rounds.count }

  /// Rows that are judged in all rounds together.
  var judgedCount: Int { rounds.reduce(0) { $0 + $1.judged.count } }

  func judged(_ round: Int) -> RowList { rounds[round].judged }

  /// What a round learns from. Others that ask for the same round meanwhile wait for it.
  func data(_ round: Int, _ progress: Progress) throws(EngineError) -> TrainingData {
    let split = split
    let train = rounds[round].train
    let made = rounds[round].data.withLock { kept -> Result<TrainingData, EngineError> in
      if let kept { return .success(kept) }
      do throws(EngineError) {
        let data = try TrainingData(split, rows: train, progress)
        kept = data
        return .success(data)
      } catch {
        return .failure(error)
      }
    }
    return try made.get()
  }

  /// The round's judged rows scored by a pipeline that was fitted on its others.
  func score(_ pipeline: Pipeline, round: Int, _ progress: Progress) throws(EngineError) -> ScoredRows {
    let fitted = try pipeline.fit(data(round, progress), progress)
    return try fitted.score(split, rows: rounds[round].judged, progress)
  }
}

/// Runs jobs that each train and score: side by side where one alone would not fill the processors, else one after the other.
enum TrainingJobs {
  /// From this many cells on a learner keeps the processors busy on its own.
  private static let fillingCells = 4_000_000

  /// The jobs' results in their order; nothing of it depends on the number of threads. Throws `interrupted`.
  static func run<Answer: Sendable>(
    _ count: Int, cells: Int, _ progress: Progress,
    _ job: @escaping @Sendable (Int, Progress) throws(EngineError) -> Answer
  ) throws(EngineError) -> [Result<Answer, EngineError>] {
    let done = Atomic<Int>(0)
    let results = attempts(count, cells: cells, progress, job) { _, _ in
      let ended = done.wrappingAdd(1, ordering: .relaxed).newValue
      progress.report(Double(ended) / Double(count), "train: fit \(ended) of \(count)")
    }
    if progress.isCancelled { throw .cancelled }
    return results
  }

  /// The same where an interrupt ends them: jobs that were not done are `cancelled`. Every job that ended is told of at once.
  static func attempts<Answer: Sendable>(
    _ count: Int, cells: Int, _ progress: Progress,
    _ job: @escaping @Sendable (Int, Progress) throws(EngineError) -> Answer,
    ended: @escaping @Sendable (Int, Result<Answer, EngineError>) -> Void
  ) -> [Result<Answer, EngineError>] {
    let attempt = { @Sendable (place: Int, progress: Progress) -> Result<Answer, EngineError> in
      if progress.isCancelled { return .failure(.cancelled) }
      let result: Result<Answer, EngineError>
      do throws(EngineError) { result = .success(try job(place, progress)) } catch { result = .failure(error) }
      if !progress.isCancelled { ended(place, result) }
      return result
    }
    if count > 1, cells < fillingCells { return parallelMap(count) { attempt($0, Progress(under: progress)) } }
    return (0..<count).map { place in
      let share = Double(place) / Double(count)...Double(place + 1) / Double(count)
      return attempt(place, count > 1 ? Progress(under: progress, share: share) : progress)
    }
  }
}
