import Descriptions
import Glibc
import Kernels
import Learners
import Metrics
import Plan
import Scoring
import Synchronization
import Tables
import Testing

@testable import Training

/// Interrupts the work that it is a part of, once others have had the time to end.
private struct Interrupter: Estimator {
  static let description = Description(
    name: "interrupter", summary: "Interrupts the search", group: "Test")
  static let tasks: Set<LearningTask> = .classification
  static let needs = DummyLearner.needs
  static let work = Mutex<Progress?>(nil)

  init(options: Options, seed: UInt64) {}

  func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedNothing {
    usleep(300_000)
    Self.work.withLock { $0?.cancel() }
    throw .cancelled
  }
}

private struct FittedNothing: FittedEstimator {
  func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort { features }
}

/// One after another: they interrupt through one variable.
@Suite(.serialized) struct SearchInterruptTests {
  private static let labels = (0..<60).map { $0 % 3 == 0 ? "u" : "v" }

  private func interrupted(keepsBest: Bool, _ candidates: [Candidate], _ progress: Progress) throws -> TrainingOutcome {
    let split = try SmallSplit.make(Self.labels, train: 0..<60)
    Interrupter.work.withLock { $0 = progress }
    defer { Interrupter.work.withLock { $0 = nil } }
    return try Training(candidates, folds: 3, seed: 1, keepsBest: keepsBest).train(split, progress)
  }

  @Test func anInterruptKeepsTheBestOfTheTrialsThatEnded() throws {
    let progress = Progress()
    let candidates = [Candidate(DecisionTree.self), Candidate(Interrupter.self), Candidate(DummyLearner.self)]
    let outcome = try interrupted(keepsBest: true, candidates, progress)
    #expect(outcome.isCutShort && !progress.isCancelled)
    #expect(outcome.model.algorithm == "tree")
    #expect(outcome.model.board.allSatisfy { $0.failure == nil })
    #expect(outcome.model.notes.contains(.searchCutShort(outcome.model.board.count, of: 3)))
  }

  @Test func anInterruptBeforeATrialHasEndedIsOne() throws {
    let progress = Progress()
    #expect(throws: EngineError.cancelled) {
      try interrupted(keepsBest: true, [Candidate(Interrupter.self), Candidate(Interrupter.self)], progress)
    }
  }

  @Test func aScriptIsInterruptedWhole() throws {
    let progress = Progress()
    #expect(throws: EngineError.cancelled) {
      try interrupted(keepsBest: false, [Candidate(DecisionTree.self), Candidate(Interrupter.self)], progress)
    }
    #expect(progress.isCancelled)
  }

  @Test func aSearchTellsTrialBestAndTimeLeft() {
    let progress = Progress()
    let watch = SearchWatch(trials: 4, rounds: 2, metric: Accuracy.self, progress)
    watch.ended(0, (.value(0.5), rows: 10))
    #expect(progress.current.phase == "train: trial 1 of 4")
    watch.ended(1, nil)
    watch.ended(1, (.value(1), rows: 10))
    #expect(progress.current.phase == "train: trial 2 of 4")
    watch.ended(0, (.value(0.75), rows: 10))
    #expect(progress.current.phase == "train: trial 3 of 4, best accuracy 0.625")
    #expect(progress.current.fraction == 0.5 && progress.current.end != nil)
  }
}
