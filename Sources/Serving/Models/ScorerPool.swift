import Scoring
import Synchronization

/// Row scorers for the threads that answer: as many as have been needed at one time.
final class ScorerPool: Sendable {
  /// A row scorer is for one thread at a time, which taking it out of the pool ensures.
  private struct Idle: @unchecked Sendable {
    let scorer: RowScorer
  }

  private let scorer: Scorer
  private let idle = Mutex<[Idle]>([])

  init(_ scorer: Scorer) { self.scorer = scorer }

  func withScorer<Result>(_ body: (RowScorer) -> Result) -> Result {
    let taken = idle.withLock { $0.popLast() } ?? Idle(scorer: RowScorer(scorer))
    defer { idle.withLock { $0.append(taken) } }
    return body(taken.scorer)
  }
}
