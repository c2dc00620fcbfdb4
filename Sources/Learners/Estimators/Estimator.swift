import Descriptions
import Kernels
import Plan
import Scoring

/// What `train` has to do to the features before a learner can take them.
public struct FeatureNeeds: Sendable, Hashable {
  public enum Categories: Sendable, Hashable {
    /// As codes, split natively.
    case codes
    /// As one place per category.
    case oneHot
  }
  public let categories: Categories
  /// Whether the learner routes missing values itself; if not, they are imputed (median) first.
  public let takesMissing: Bool
  /// Whether numbers are standardised first.
  public let scales: Bool
  /// How many categories of a text it can tell apart: the most frequent are kept, the others count as unseen; nil for all.
  public let mostCategories: Int?

  public init(categories: Categories, takesMissing: Bool, scales: Bool, mostCategories: Int? = nil) {
    self.categories = categories
    self.takesMissing = takesMissing
    self.scales = scales
    self.mostCategories = mostCategories
  }
}

/// What a fitted learner is, where a reader can follow it.
public enum ReadablePart: Sendable, Hashable {
  /// A weight for each feature.
  case coefficients
  /// One tree.
  case tree
}

/// A learner with its hyperparameters settled, not yet fitted. `fit` gives another type: nothing half-fitted exists.
public protocol Estimator: Sendable {
  associatedtype Fitted: FittedEstimator
  /// Name, summary, hyperparameters (each `Parameter<Tunable<…>>` where it may be tuned), examples, references.
  static var description: Description { get }
  /// The labels that it learns; none where it learns from the features alone.
  static var tasks: Set<LearningTask> { get }
  static var needs: FeatureNeeds { get }
  /// Whether `fit` lets rows count by the target's weights; if not, a target with weights is an error.
  static var takesWeights: Bool { get }
  /// What of a fitted one can be read; nil where only its answers can be looked at.
  static var readable: ReadablePart? { get }

  /// From options that are all fixed (the search has drawn them); `seed` drives all of its randomness.
  init(options: Options, seed: UInt64)

  /// The value of a hyperparameter that was not written, where its default depends on the task; nil where it does not.
  static func fallback(_ parameter: String, for task: LearningTask) -> String?

  /// Learns from a design that meets `needs`. Throws `trainingFailed`, or `interrupted` when cancelled.
  func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> Fitted
}

/// A fitted learner: all it can do is lower itself to the scoring graph, which runs everywhere.
public protocol FittedEstimator: Sendable {
  /// From the feature vector (the order of the design's features) to a vector: probabilities in the order of the classes, or one
  /// number for a regression and without a label.
  func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort
  /// One line each, for the result of `train`: `stopped after 83 of 100 trees`.
  var notes: [String] { get }
}

extension Estimator {
  public static var takesWeights: Bool { false }
  public static var readable: ReadablePart? { nil }
  /// Whether it needs a label to learn.
  public static var learnsLabel: Bool { !tasks.isEmpty }
  public static func fallback(_ parameter: String, for task: LearningTask) -> String? { nil }
}

extension FittedEstimator {
  public var notes: [String] { [] }
}
