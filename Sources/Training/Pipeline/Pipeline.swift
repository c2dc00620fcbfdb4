import Descriptions
import Expressions
import Kernels
import Learners
import Plan
import Scoring
import Tables

/// The one way a model comes about: recorded steps, features, learner, fitted together on the rows of a part. Folds and the final
/// model do it alike.
public struct Pipeline: Sendable {
  public let candidate: Candidate
  public let label: ModelLabel
  public let seed: UInt64

  public init(_ candidate: Candidate, label: ModelLabel, seed: UInt64) {
    self.candidate = candidate
    self.label = label
    self.seed = seed
  }

  /// Fits everything on `rows` (places in the split's raw rows, all with a label).
  public func fit(
    _ split: Split, rows: [Int], _ progress: Progress
  ) throws(EngineError) -> FittedPipeline {
    guard let labels = split.labels else { throw EngineError(.noLabel, split.name, "no label was chosen") }
    let raw = split.raw.take(rows)
    let fitted = try split.recipe.fit(on: raw, choosing: .afterSplit, progress)
    guard fitted.rows.rowCount > 0 else {
      throw EngineError(.noRows, split.name, "the recorded steps leave no row to learn from")
    }
    let target = LabelEncoding.target(labels.take(fitted.places.map { rows[$0] }), label)
    return try fit(fitted, raw: raw.take(fitted.places), target: target, learner: candidate.learner, progress)
  }

  private func fit<Learner: Estimator>(
    _ fitted: FittedRecipe, raw: Table, target: LearningTarget, learner: Learner.Type, _ progress: Progress
  ) throws(EngineError) -> FittedPipeline {
    let labelName = fitted.label?.name ?? label.name
    var assembly = try FeatureAssembly(fitted, label: labelName, needs: Learner.needs)
    var columns = try assembly.columns(of: raw, progress)
    let scaling = FeatureScaling(&columns, features: assembly.features, needs: Learner.needs)
    let design = DesignMatrix(features: assembly.features, columns: columns, target: target)
    let estimator = Learner(options: candidate.options, seed: seed)
    let model = try estimator.fit(design, progress)
    var notes = fitted.notes.map { "\($0.step): \($0.text)" }
    notes += assembly.notes + model.notes
    let graph = try graph(of: model, scaling: scaling, &assembly)
    return FittedPipeline(
      graph: graph, features: assembly.features, additions: additions(Learner.needs, assembly.features, scaling),
      notes: notes, rowCount: design.rowCount)
  }

  private func graph(
    of model: some FittedEstimator, scaling: FeatureScaling, _ assembly: inout FeatureAssembly
  ) throws(EngineError) -> Graph {
    var scope = assembly.scope
    let vector = scaling.lower(assembly.vector, into: &scope.builder)
    scope.builder.step = "train \(candidate.name)"
    let answer: VectorPort
    do {
      answer = try model.lower(vector, into: &scope.builder)
    } catch {
      throw EngineError(error, format: "the model")
    }
    let flags = scope.flags
    if label.task == .regression {
      let prediction = scope.builder.element(answer, 0)
      return scope.builder.graph(prediction: prediction, probabilities: nil, classes: [], flags: flags).pruned()
    }
    let prediction = scope.builder.decide(answer, classes: label.classes, threshold: nil)
    return scope.builder.graph(
      prediction: prediction, probabilities: answer, classes: label.classes, flags: flags
    ).pruned()
  }

  /// The steps that training added for the learner's needs, as `plan` and the result say them.
  private func additions(
    _ needs: FeatureNeeds, _ features: [DesignFeature], _ scaling: FeatureScaling
  ) -> [String] {
    var seen: Set<String> = []
    var lines: [String] = []
    for feature in features where feature.name != feature.column || feature.kind != .number {
      guard seen.insert(feature.column).inserted else { continue }
      lines.append("encode \(feature.column) = \(needs.categories == .codes ? "categories" : "onehot")")
    }
    return lines + scaling.additions
  }
}

/// A pipeline after fitting: the whole graph from raw columns to the answer.
public struct FittedPipeline: Sendable {
  public let graph: Graph
  public let features: [DesignFeature]
  /// Steps that were added for the learner.
  public let additions: [String]
  public let notes: [String]
  public let rowCount: Int

  /// Scores rows of a split with their labels beside. Throws `interrupted` when cancelled.
  public func score(
    _ split: Split, rows: [Int], labels: Column, _ progress: Progress
  ) throws(EngineError) -> ScoredRows {
    try ScoredRows.scoring(
      split.raw.take(rows), with: Scorer.compiled(graph), rows: rows, labels: labels.take(rows), progress)
  }
}
