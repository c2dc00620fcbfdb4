import Descriptions
import Glibc
import Kernels
import Plan
import Scoring

/// Logistic regression for two classes, softmax regression for more, with an L2 penalty.
public struct LogisticRegression: Estimator {
  public enum ClassWeight: String, ChoiceValue { case none, balanced }

  public static let inversePenalty = Parameter<Tunable<Double>>(
    "C", "Inverse of the penalty on the squared weights: smaller is simpler", default: .fixed(1), .above(0))
  public static let maxIterations = Parameter<Tunable<Int>>(
    "max_iter", "Most steps of the solver", default: .fixed(100), .within(1, 1e6))
  public static let tolerance = Parameter<Tunable<Double>>(
    "tol", "Largest slope of the mean loss at which the solver stops", default: .fixed(1e-8), .within(0, 1))
  public static let classWeight = Parameter<Tunable<ClassWeight>>(
    "class_weight", "Whether rare classes weigh more, so that all weigh the same", default: .fixed(.none),
    .oneOf(ClassWeight.allCases.map(\.rawValue)))

  public static let description = Description(
    name: "logistic", summary: "Logistic regression, softmax for more than two classes, with an L2 penalty",
    group: "Linear",
    details: [
      "Minimises C × the sum of the log losses + half the sum of the squared weights; the intercept is free of the penalty. "
        + "Solved by Newton's method; where there are too many weights to form their curvature, by conjugate gradients, with "
        + "the weights of the widest one-hot column eliminated.",
      "Where the classes are separated, no finite weights are best, and a note says that only the penalty bounds them.",
    ],
    parameters: [inversePenalty, maxIterations, tolerance, classWeight],
    examples: [
      Example(
        "tell two classes apart",
        "load titanic\nselect survived, age, sex, class\nlabel survived\nsplit train: 0.8, test: 0.2, seed: 1\n"
          + "train logistic, C: 0.5\neval")
    ],
    otherNames: ["LogisticRegression", "logit", "softmax", "glm"],
    otherOptions: [
      "c": "C", "max_iterations": "max_iter", "tolerance": "tol", "penalty": "C", "lambda": "C", "regularization": "C",
      "alpha": "C", "l2": "C", "iterations": "max_iter",
    ],
    references: [
      "scikit-learn LogisticRegression", "Nocedal & Wright 2006, chapter 7",
      "Fan et al. 2008, LIBLINEAR, and Lin, Weng & Keerthi 2008, trust region Newton",
    ])
  public static let tasks: Set<LearningTask> = .classification
  public static let needs = FeatureNeeds(categories: .oneHot, takesMissing: false, scales: true)
  public static let takesWeights = true
  public static let readable: ReadablePart? = .coefficients

  private let strength: Double
  private let steps: Int
  private let slope: Double
  private let isBalanced: Bool

  public init(options: Options, seed: UInt64) {
    strength = options.settled(Self.inversePenalty) ?? 1
    steps = options.settled(Self.maxIterations) ?? 100
    slope = options.settled(Self.tolerance) ?? 1e-8
    isBalanced = options.settled(Self.classWeight) == .balanced
  }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedLogisticRegression {
    let design = try design.counting()
    let classes = try design.classes(for: Self.self)
    let features = try LinearDesign(
      design.columns, rowCount: design.rowCount, weights: classes.weights, centresAll: false, progress)
    let objective = LogisticObjective(features, classes, inversePenalty: strength, isBalanced: isBalanced)
    let solution = try NewtonSolver(steps: steps, slope: slope).solve(objective, progress)
    let separation = Separation(
      objective, margin: solution.margin, classes, names: design.features.map(\.name))
    return try FittedLogisticRegression(solution, objective, classes, notes: separation.notes)
  }
}

public struct FittedLogisticRegression: FittedEstimator {
  /// For two classes one row, towards the second; else a row per class. One weight per feature.
  public let weights: [[Double]]
  public let intercepts: [Double]
  public let notes: [String]

  /// Back from scaled, centred columns and the classes that occurred to the design's own.
  init(
    _ solution: NewtonSolver.Solution, _ objective: LogisticObjective, _ classes: ClassTarget, notes: [String]
  ) throws(EngineError) {
    let width = objective.design.width
    let scores = (0..<objective.scores).map {
      objective.design.unscaled(solution.values[$0 * width..<($0 + 1) * width])
    }
    let (weights, intercepts) = (scores.map(\.weights), scores.map(\.intercept))
    if !(weights.allSatisfy({ $0.allSatisfy(\.isFinite) }) && intercepts.allSatisfy(\.isFinite)) {
      throw EngineError(.fitting(.overflow(.weights, .learner(LogisticRegression.name), [.scaleAll])))
    }
    if classes.count > 2 {
      // A class without a row follows the first that has some, e⁻⁵⁰ times as likely: finite in every format.
      let place = Dictionary(uniqueKeysWithValues: classes.present.enumerated().map { ($1, $0) })
      self.weights = (0..<classes.count).map { weights[place[$0] ?? 0] }
      self.intercepts = (0..<classes.count).map { intercepts[place[$0] ?? 0] - (place[$0] == nil ? 50 : 0) }
    } else {
      self.weights = weights
      self.intercepts = intercepts
    }
    let unfinished =
      "stopped after \(solution.steps) steps before it had converged: raise `max_iter`, or lower `C`"
    self.notes = notes + (solution.hasConverged ? [] : [unfinished])
  }

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    let scores =
      features.width == 0
      ? builder.constant(features, intercepts)
      : builder.linear(features, weights: weights, intercepts: intercepts)
    return builder.link(scores, weights.count == 1 ? .sigmoid : .softmax)
  }
}
