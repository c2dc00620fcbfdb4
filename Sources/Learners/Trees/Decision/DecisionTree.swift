import Descriptions
import Glibc
import Kernels
import Plan
import Scoring

/// A single classification or regression tree.
public struct DecisionTree: Estimator {
  public enum Criterion: String, ChoiceValue { case gini, entropy }

  public static let criterion = Parameter<Tunable<Criterion>>(
    "criterion", "What a split of classes lowers; numbers lower their squared error", default: .fixed(.gini),
    .oneOf(Criterion.allCases.map(\.rawValue)))
  public static let depth = Parameter<Tunable<Int>>(
    "depth", "Most tests between root and leaf", otherwise: "no limit", .atLeast(1))
  public static let fewestToSplit = Parameter<Tunable<Int>>(
    "min_samples_split", "Fewest rows of a node that is split", default: .fixed(2), .atLeast(2))
  public static let fewestRows = Parameter<Tunable<Int>>(
    "min_samples_leaf", "Fewest rows of a leaf", default: .fixed(1), .atLeast(1))
  public static let leastDecrease = Parameter<Tunable<Double>>(
    "min_impurity_decrease", "Least decrease of impurity, by the share of rows in the node, for which a node is split",
    default: .fixed(0), .within(0, .greatestFiniteMagnitude))

  public static let description = Description(
    name: "tree", summary: "Decision tree for classes or numbers", group: "Trees",
    details: [
      "Every threshold between two values is tried. Categories are divided as sets and missing values go to the side that is "
        + "better for them. Of equally good splits the first feature's lowest is taken."
    ],
    parameters: [criterion, depth, fewestToSplit, fewestRows, leastDecrease],
    examples: [
      Example(
        "a tree that can be read",
        "load iris\nlabel species\nsplit train: 0.8, test: 0.2, seed: 1\ntrain tree, depth: 3\neval")
    ],
    otherNames: ["DecisionTreeClassifier", "DecisionTreeRegressor", "cart", "rpart", "decision_tree"],
    otherOptions: ["max_depth": "depth", "minsplit": "min_samples_split", "minbucket": "min_samples_leaf"],
    references: ["scikit-learn DecisionTreeClassifier and DecisionTreeRegressor", "Breiman et al. 1984"])
  public static let tasks: Set<LearningTask> = [.binary, .multiclass, .regression]
  public static let needs = FeatureNeeds(categories: .codes, takesMissing: true, scales: false)

  private let settings: DecisionGrower.Settings

  public init(options: Options, seed: UInt64) {
    settings = DecisionGrower.Settings(
      criterion: options.settled(Self.criterion) == .entropy ? .entropy : .gini, depth: options.settled(Self.depth),
      fewestToSplit: options.settled(Self.fewestToSplit) ?? 2, fewestRows: options.settled(Self.fewestRows) ?? 1,
      leastDecrease: options.settled(Self.leastDecrease) ?? 0)
  }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedDecisionTree {
    guard design.rowCount < Int(Int32.max) else {
      throw EngineError(.tooLarge, "tree", "takes fewer than \(Int32.max) rows, not \(design.rowCount)")
    }
    guard case .numbers = design.target?.values else {
      let classes = try design.classes(for: Self.self)
      var grower = try DecisionGrower(
        design, labels: classes.codes.map(Double.init), classes: classes.count, settings, progress)
      return try FittedDecisionTree(grower.grow(progress))
    }
    let labels = CentredLabels(try design.numbers(for: Self.self))
    var settings = settings
    settings.criterion = .squaredError
    settings.leastDecrease /= labels.unit * labels.unit
    var grower = try DecisionGrower(design, labels: labels.values, classes: 0, settings, progress)
    return try FittedDecisionTree(grower.grow(progress), labels)
  }
}

/// Numbers around zero and of size one, so that their squares neither overflow nor lose digits.
private struct CentredLabels {
  let values: [Double]
  let mean: Double
  /// A power of two.
  let unit: Double

  init(_ numbers: [Double]) {
    let largest = numbers.reduce(0) { max($0, abs($1)) }
    let unit = largest > 0 ? scalbn(1, Int32(max(-1000, min(1000, largest.exponent)))) : 1
    let mean = numbers.reduce(0) { $0 + $1 / unit } / Double(max(numbers.count, 1))
    self.unit = unit
    self.mean = mean
    values = numbers.map { $0 / unit - mean }
  }
}

public struct FittedDecisionTree: FittedEstimator {
  public let ensemble: TreeEnsemble

  init(_ grown: TreeEnsemble?) throws(EngineError) {
    guard let grown else { throw EngineError(.trainingFailed, "tree", "grew beyond what a scoring graph can hold") }
    ensemble = grown
  }

  fileprivate init(_ grown: TreeEnsemble?, _ labels: CentredLabels) throws(EngineError) {
    let inUnit = grown.flatMap { tree in
      TreeEnsemble(
        features: tree.features, outputs: 1, nodes: tree.nodes, trees: tree.trees,
        leafValues: tree.leafValues.map { ($0 + labels.mean) * labels.unit }, sets: tree.sets, base: [0])
    }
    try self.init(inUnit)
  }

  public var notes: [String] { ["\(ensemble.leafValues.count / ensemble.outputs) leaves"] }

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    builder.trees(features, ensemble)
  }
}
