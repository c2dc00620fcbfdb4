import Descriptions
import Kernels
import Learners
import Plan
import Scoring
import Tables

/// The one way a model comes about: recorded steps, features, learner, fitted together on the rows of a part. Folds and the final
/// model do it alike.
public struct Pipeline: Sendable {
  public let candidate: Candidate
  /// What is learned; nil for a learner without a label.
  public let label: ModelLabel?
  public let seed: UInt64

  public init(_ candidate: Candidate, label: ModelLabel?, seed: UInt64) {
    self.candidate = candidate
    self.label = label
    self.seed = seed
  }

  /// Fits the learner on rows made ready. Throws what the learner throws.
  public func fit(_ data: TrainingData, _ progress: Progress) throws(EngineError) -> FittedPipeline {
    try fit(data, learner: candidate.learner, progress)
  }

  private func fit<Learner: Estimator>(
    _ data: TrainingData, learner: Learner.Type, _ progress: Progress
  ) throws(EngineError) -> FittedPipeline {
    let features = try data.features(for: Learner.needs, progress)
    let model = try Learner(options: candidate.options, seed: seed).fit(features.design, progress)
    let notes = data.fitted.notes.map(ModelNote.stage) + features.notes + model.notes.map(ModelNote.learner)
    return FittedPipeline(
      graph: try graph(of: model, features), features: features, notes: notes, rowCount: features.design.rowCount)
  }

  private func graph(of model: some FittedEstimator, _ features: PreparedFeatures) throws(EngineError) -> Graph {
    var builder = features.scope.builder
    builder.step = "train \(candidate.name)"
    let answer: VectorPort
    do {
      answer = try model.lower(features.vector, into: &builder)
    } catch {
      throw EngineError(error, by: .model)
    }
    let flags = features.scope.flags
    guard let label, label.task != .regression else {
      let prediction = builder.element(answer, 0)
      return builder.graph(prediction: prediction, probabilities: nil, classes: [], flags: flags).pruned()
    }
    let prediction = builder.decide(answer, classes: label.classes, threshold: nil)
    return builder.graph(prediction: prediction, probabilities: answer, classes: label.classes, flags: flags).pruned()
  }
}

/// A pipeline after fitting: the whole graph from raw columns to the answer.
public struct FittedPipeline: Sendable {
  public let graph: Graph
  let features: PreparedFeatures
  public let notes: [ModelNote]
  public let rowCount: Int

  /// Steps that were added for the learner.
  public var additions: [StepWords] { features.additions }

  /// Scores rows of a split with their labels beside. Throws `interrupted` when cancelled.
  public func score(_ split: Split, rows: RowList, _ progress: Progress) throws(EngineError) -> ScoredRows {
    try ScoredRows.scoring(split, rows: rows, with: Scorer.compiled(graph), progress)
  }
}
