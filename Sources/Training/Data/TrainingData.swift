import Kernels
import Learners
import Plan
import Scoring
import Synchronization
import Tables

/// The rows of a part or of a fold made ready to learn from, once for all that learn from them: the recorded steps fitted on them,
/// the labels, and for each kind of learner the features, made when they are first asked for.
public final class TrainingData: Sendable {
  public let fitted: FittedRecipe
  /// nil where no label was chosen.
  public let target: LearningTarget?
  /// The columns that may be features, in order.
  let features: [String]
  /// Those that a recorded step has standardised.
  fileprivate let standard: Set<String>
  private let prepared = Mutex<[FeatureNeeds: PreparedFeatures]>([:])

  /// Of rows of the split's raw table, each with a label where one was chosen. Throws what the steps throw, and `noRows` where they
  /// leave none.
  public init(_ split: Split, rows: RowList, _ progress: Progress) throws(EngineError) {
    let fitted =
      rows == split.train
      ? try split.trainingRows(progress)
      : try split.recipe.fit(on: split.raw, rows: rows, choosing: .afterSplit, progress)
    guard fitted.rowCount > 0 else {
      throw EngineError(.rows(.noneLeft(in: split.name)))
    }
    self.fitted = fitted
    target = split.encoding?.target(fitted.places)
    let labelName = fitted.label?.name ?? split.encoding?.label.name
    let known = Set(split.schema.features)
    standard = Set(split.schema.columns.filter { $0.facts.settled.contains(.standard) }.map(\.name))
    features = fitted.names.filter { known.contains($0) && $0 != labelName }
  }

  /// The features as a learner with these needs takes them. Throws `trainingFailed` where there is none.
  func features(for needs: FeatureNeeds, _ progress: Progress) throws(EngineError) -> PreparedFeatures {
    if let done = prepared.withLock({ $0[needs] }) { return done }
    let made = try PreparedFeatures(self, features, needs, progress)
    return prepared.withLock { kept in
      // Another may have been quicker; what is shared has to be one object.
      if let done = kept[needs] { return done }
      kept[needs] = made
      return made
    }
  }

  /// How many numbers a learner looks at.
  var cellCount: Int { fitted.rowCount * max(1, features.count) }
}

/// Features as a learner reads them, with the graph that makes the same of any raw row.
struct PreparedFeatures: Sendable {
  let design: DesignMatrix
  /// The graph up to the feature vector.
  let scope: LoweringScope
  let vector: VectorPort
  let additions: [StepWords]
  let notes: [ModelNote]

  fileprivate init(
    _ data: TrainingData, _ names: [String], _ needs: FeatureNeeds, _ progress: Progress
  ) throws(EngineError) {
    var assembly = try FeatureAssembly(data.fitted, features: names, standard: data.standard, needs: needs)
    vector = try assembly.finish(progress)
    scope = assembly.scope
    additions = assembly.additions
    notes = assembly.notes
    design = DesignMatrix(features: assembly.features, columns: assembly.columns, target: data.target)
  }
}
