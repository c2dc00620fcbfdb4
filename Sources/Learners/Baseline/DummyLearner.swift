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

  private let strategy: Strategy?

  public init(options: Options, seed: UInt64) { strategy = options.settled(Self.strategy) }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedDummyLearner {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if case .numbers = design.target?.values {
      let values = try design.numbers(for: Self.self)
      try refuse(strategy == .mean || strategy == nil, for: .classes, instead: [.mean])
      // Shares of each, so that the sum of huge values stays finite.
      return FittedDummyLearner(answer: [values.reduce(0) { $0 + $1 / Double(values.count) }])
    }
    let classes = try design.classes(for: Self.self)
    try refuse(strategy != .mean, for: .numbers, instead: [.prior, .mostFrequent])
    let rows = Double(classes.codes.count)
    guard strategy == .mostFrequent else {
      return FittedDummyLearner(answer: classes.counts.map { Double($0) / rows })
    }
    let most = classes.counts.indices.max { classes.counts[$0] < classes.counts[$1] }
    return FittedDummyLearner(answer: classes.counts.indices.map { $0 == most ? 1 : 0 })
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
