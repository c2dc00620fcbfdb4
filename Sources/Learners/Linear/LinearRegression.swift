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
        + "penalty. Solved by orthogonal triangles of chunks of rows, after the widest one-hot column was eliminated; several "
        + "wide one-hot columns by conjugate gradients, where the weights of each sum to zero."
    ],
    parameters: [alpha],
    examples: [
      Example(
        "predict a number",
        "load diabetes\nlabel progression\nsplit train: 0.8, test: 0.2, seed: 1\ntrain linear\neval")
    ],
    otherNames: ["LinearRegression", "ols", "lm"],
    otherOptions: ["l2": "alpha", "lambda": "alpha", "reg_lambda": "alpha"],
    references: [
      "scikit-learn LinearRegression", "Golub & Van Loan 2013, chapters 5 and 11", "Demmel et al. 2012, tall-skinny QR",
    ])
  public static let tasks: Set<LearningTask> = [.regression]
  public static let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: false)
  public static let takesWeights = true
  public static let readable: ReadablePart? = .coefficients

  private let alpha: Double

  public init(options: Options, seed: UInt64) { alpha = options.settled(Self.alpha) ?? 0 }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedLinearRegression {
    let design = try design.counting()
    return try FittedLinearRegression(design, try design.numbers(for: Self.self), alpha: alpha, progress)
  }
}

public struct FittedLinearRegression: FittedEstimator {
  /// One per feature.
  public let weights: [Double]
  public let intercept: Double
  public let notes: [String]

  /// By least squares with a penalty `alpha` on the squared weights. Throws as `LeastSquares` does.
  init(_ design: DesignMatrix, _ values: [Double], alpha: Double, _ progress: Progress) throws(EngineError) {
    let solved = try LeastSquares(design, values, alpha: alpha, progress)
    weights = solved.weights
    intercept = solved.intercept
    let features = design.features.count
    let missing = alpha == 0 ? solved.rank.map { features - $0 } ?? 0 : 0
    notes =
      missing > 0
      ? ["\(features - missing) of \(features) features are independent; the shortest weights were taken"] : []
  }

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    guard !weights.isEmpty else { return builder.constant(features, [intercept]) }
    return builder.linear(features, weights: [weights], intercepts: [intercept])
  }
}
