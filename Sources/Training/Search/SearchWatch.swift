import Kernels
import Metrics
import Synchronization

/// How far a search is: the trials that have ended, the best of them, and when all will have.
final class SearchWatch: Sendable {
  private struct State {
    /// Rounds that have ended.
    var rounds = 0
    /// What the rounds of the trials under way came to; nil of one that failed.
    var open: [Int: [(value: MetricValue, rows: Int)?]] = [:]
    var trials = 0
    var best: Double?
  }

  private let trials: Int
  private let rounds: Int
  private let metric: any Metric.Type
  private let progress: Progress
  private let start = Clock.seconds
  private let state = Mutex(State())

  init(trials: Int, rounds: Int, metric: any Metric.Type, _ progress: Progress) {
    self.trials = trials
    self.rounds = rounds
    self.metric = metric
    self.progress = progress
    report(State())
  }

  /// A round of a trial has ended; nil where it failed.
  func ended(_ trial: Int, _ answer: (value: MetricValue, rows: Int)?) {
    state.withLock { state in
      state.rounds += 1
      state.open[trial, default: []].append(answer)
      if let answers = state.open[trial], answers.count == rounds {
        state.open[trial] = nil
        state.trials += 1
        take(answers, &state)
      }
      report(state)
    }
  }

  private func take(_ answers: [(value: MetricValue, rows: Int)?], _ state: inout State) {
    let known = answers.compactMap { $0 }
    guard known.count == answers.count, let score = FoldScores(known).mean else { return }
    if let best = state.best, !metric.direction.isBetter(score, than: best) { return }
    state.best = score
  }

  private func report(_ state: State) {
    let all = trials * rounds
    let best = state.best.map { ", best \(metric.description.name) \(Self.figure($0))" } ?? ""
    let share = Double(state.rounds) / Double(all)
    progress.report(
      share, "train: trial \(min(state.trials + 1, trials)) of \(trials)\(best)",
      secondsLeft: state.rounds > 0 ? (Clock.seconds - start) * (1 / share - 1) : nil)
  }

  /// Four decimals; none of a large number.
  private static func figure(_ value: Double) -> String {
    abs(value) < 1000 ? "\((value * 10_000).rounded() / 10_000)" : "\(value.rounded())"
  }
}
