import Descriptions
import Kernels
import Plan
import Scoring

/// A learner that looks at no feature: what every other one has to beat.
public struct DummyLearner: Estimator {
  public enum Strategy: String, ChoiceValue {
    case prior
    case mostFrequent = "most_frequent"
    case mean
  }

  public static let strategy = Parameter<Tunable<Strategy>>(
    "strategy", "What to answer: the classes' shares, the most frequent class for certain, or the mean of a number",
    otherwise: "prior for classes, mean for a number", .oneOf(Strategy.allCases.map(\.rawValue)))

  public static let description = Description(
    name: "dummy", summary: "Baseline that answers the same for every row", group: "Baseline",
    parameters: [strategy],
    examples: [
      Example(
        "what a model has to beat",
        "load iris\nlabel species\nsplit train: 0.8, test: 0.2, seed: 1\ntrain dummy\neval")
    ],
    otherNames: ["DummyClassifier", "DummyRegressor", "baseline"],
    references: ["scikit-learn DummyClassifier and DummyRegressor"])
  public static let tasks: Set<LearningTask> = [.binary, .multiclass, .regression]
  public static let needs = FeatureNeeds(categories: .codes, takesMissing: true, scales: false)
  public static let takesWeights = true

  private let strategy: Strategy?

  public init(options: Options, seed: UInt64) { strategy = options.settled(Self.strategy) }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedDummyLearner {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let design = try design.counting()
    if case .numbers = design.target?.values {
      let values = try design.numbers(for: Self.self)
      try refuse(strategy == .mean || strategy == nil, for: .classes, instead: [.mean])
      let weights = design.target?.weights ?? [Double](repeating: 1, count: values.count)
      let whole = weights.reduce(0, +)
      // Shares of each, so that the sum of huge values stays finite.
      return FittedDummyLearner(answer: [zip(values, weights).reduce(0) { $0 + $1.0 / whole * $1.1 }])
    }
    let classes = try design.classes(for: Self.self)
    try refuse(strategy != .mean, for: .numbers, instead: [.prior, .mostFrequent])
    let sizes = classes.sizes
    let whole = sizes.reduce(0, +)
    guard strategy == .mostFrequent else { return FittedDummyLearner(answer: sizes.map { $0 / whole }) }
    let most = sizes.indices.max { sizes[$0] < sizes[$1] }
    return FittedDummyLearner(answer: sizes.indices.map { $0 == most ? 1 : 0 })
  }

  private func refuse(_ fits: Bool, for kind: LabelKind, instead: [Strategy]) throws(EngineError) {
    guard !fits, let strategy else { return }
    throw EngineError(
      .option(
        .wrongLabelKind(
          Self.strategy.name, value: strategy.rawValue, suits: kind, instead: instead.map(\.rawValue))))
  }
}

public struct FittedDummyLearner: FittedEstimator {
  /// A probability per class, or the number.
  public let answer: [Double]

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    builder.constant(features, answer)
  }
}
