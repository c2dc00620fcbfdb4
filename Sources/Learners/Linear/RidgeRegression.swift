import Descriptions
import Kernels
import Plan
import Scoring

/// Linear least squares with an L2 penalty.
public struct RidgeRegression: Estimator {
  public static let alpha = Parameter<Tunable<Double>>(
    "alpha", "Strength of the penalty on the squared weights: larger is simpler", default: .fixed(1),
    .within(0, 1e12))

  public static let description = Description(
    name: "ridge", summary: "Ridge regression: linear least squares with an L2 penalty", group: "Linear",
    details: [
      "Minimises the sum of the squared errors + alpha × the sum of the squared weights; the intercept is free of the penalty. "
        + "The penalty counts in each column's own unit: `scale` columns whose units differ."
    ],
    parameters: [alpha],
    examples: [
      Example(
        "predict a number",
        "load diabetes\nlabel progression\nsplit train: 0.8, test: 0.2, seed: 1\ntrain ridge, alpha: 10\neval")
    ],
    otherNames: ["Ridge", "RidgeRegression"], otherOptions: ["l2": "alpha", "lambda": "alpha", "reg_lambda": "alpha"],
    references: ["scikit-learn Ridge", "Hoerl & Kennard 1970, Ridge regression"])
  public static let tasks: Set<LearningTask> = [.regression]
  public static let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: false)
  public static let takesWeights = true
  public static let readable: ReadablePart? = .coefficients

  private let alpha: Double

  public init(options: Options, seed: UInt64) { alpha = options.settled(Self.alpha) ?? 1 }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedLinearRegression {
    let design = try design.counting()
    return try FittedLinearRegression(design, try design.numbers(for: Self.self), alpha: alpha, progress)
  }
}
