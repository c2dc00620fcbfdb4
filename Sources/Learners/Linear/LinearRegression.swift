import Descriptions
import Kernels
import Plan
import Scoring

/// Ordinary least squares, or ridge regression with a penalty.
public struct LinearRegression: Estimator {
  public static let alpha = Parameter<Tunable<Double>>(
    "alpha", "Penalty on the squared weights; 0 is ordinary least squares", default: .fixed(0), .within(0, 1e12))

  public static let description = Description(
    name: "linear", summary: "Linear regression by least squares, with an optional ridge penalty", group: "Linear",
    details: [
      "Weights are those of least squared error; among equally good ones, those of least norm. The intercept is free of the "
        + "penalty."
    ],
    parameters: [alpha],
    examples: [
      Example(
        "predict a number",
        "load diabetes\nlabel progression\nsplit train: 0.8, test: 0.2, seed: 1\ntrain linear\neval")
    ],
    otherNames: ["LinearRegression", "ols", "lm", "ridge", "Ridge"], otherOptions: ["l2": "alpha", "lambda": "alpha"],
    references: ["scikit-learn LinearRegression and Ridge", "Demmel et al. 2012, tall-skinny QR"])
  public static let tasks: Set<LearningTask> = [.regression]
  public static let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: false)

  private let alpha: Double

  public init(options: Options, seed: UInt64) { alpha = options.settled(Self.alpha) ?? 0 }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedLinearRegression {
    let values = try design.numbers(for: Self.self)
    let solved = try LeastSquares(design, values, alpha: alpha, progress)
    let notes =
      solved.rank.map { rank in
        alpha == 0 && rank < design.features.count
          ? ["\(rank) of \(design.features.count) features are independent; the shortest weights were taken"] : []
      } ?? []
    return FittedLinearRegression(weights: solved.weights, intercept: solved.intercept, notes: notes)
  }
}

public struct FittedLinearRegression: FittedEstimator {
  /// One per feature.
  public let weights: [Double]
  public let intercept: Double
  public let notes: [String]

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    guard !weights.isEmpty else { return builder.constant(features, [intercept]) }
    return builder.linear(features, weights: [weights], intercepts: [intercept])
  }
}
