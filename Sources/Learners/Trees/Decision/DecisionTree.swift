import Descriptions
import Kernels
import Plan
import Scoring

/// A single classification or regression tree.
public struct DecisionTree: Estimator {
  public enum Criterion: String, ChoiceValue {
    case gini, entropy
    case squaredError = "squared_error"
  }

  public static let criterion = Parameter<Tunable<Criterion>>(
    "criterion", "What a split lowers: gini or entropy of classes, squared_error of numbers",
    otherwise: "gini for classes, squared_error for numbers", .oneOf(Criterion.allCases.map(\.rawValue)))
  public static let depth = Parameter<Tunable<Int>>(
    "depth", "Most tests between root and leaf", otherwise: "no limit", .atLeast(1))
  public static let fewestToSplit = Parameter<Tunable<Int>>(
    "min_samples_split", "Fewest rows of a node that is split", default: .fixed(2), .atLeast(2))
  public static let fewestRows = Parameter<Tunable<Int>>(
    "min_samples_leaf", "Fewest rows of a leaf", default: .fixed(1), .atLeast(1))
  public static let leastDecrease = Parameter<Tunable<Double>>(
    "min_impurity_decrease", "Least decrease of impurity, by the share of rows in the node, for which a node is split",
    default: .fixed(0), .atLeast(0))

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
    otherOptions: [
      "max_depth": "depth", "maxdepth": "depth", "minsplit": "min_samples_split", "minbucket": "min_samples_leaf",
      "min_child_samples": "min_samples_leaf", "min_child_weight": "min_samples_leaf",
    ],
    references: ["scikit-learn DecisionTreeClassifier and DecisionTreeRegressor", "Breiman et al. 1984"])
  public static let tasks: Set<LearningTask> = [.binary, .multiclass, .regression]
  public static let needs = FeatureNeeds(categories: .codes, takesMissing: true, scales: false)
  public static let takesWeights = true
  public static let readable: ReadablePart? = .tree

  public static func fallback(_ parameter: String, for task: LearningTask) -> String? {
    parameter == criterion.name ? (task == .regression ? Criterion.squaredError : .gini).rawValue : nil
  }

  private let criterion: Criterion?
  private let limits: GrowthLimits

  public init(options: Options, seed: UInt64) {
    criterion = options.settled(Self.criterion)
    limits = GrowthLimits(
      depth: options.settled(Self.depth), fewestToSplit: options.settled(Self.fewestToSplit) ?? 2,
      fewestRows: options.settled(Self.fewestRows) ?? 1, leastDecrease: options.settled(Self.leastDecrease) ?? 0)
  }

  /// Beside `trainingFailed` and `interrupted` throws `badOption` for a criterion of another task, and `tooLarge` for rows that
  /// cannot be ordered or leaves that would hold too many values (`LeafBudget`), `unsupported` for weights that are no whole numbers.
  ///
  /// Takes 8 bytes a row and column of numbers beside the design.
  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedDecisionTree {
    let design = try design.repeated(for: Self.self)
    guard case .numbers = design.target?.values else {
      return try fit(design, design.classes(for: Self.self), progress)
    }
    let labels = CentredLabels(try design.numbers(for: Self.self))
    if let criterion, criterion != .squaredError {
      throw Self.misfit(criterion, .classes, instead: [.squaredError])
    }
    var limits = limits
    limits.leastDecrease /= labels.unit * labels.unit
    let orders = try ColumnOrders(design, RecordLayout(rows: design.rowCount, classes: 0), classes: [], progress)
    let grown = try DecisionGrower<SquaredError>(design, orders, .numbers(labels.values), limits, progress).grow()
    var assembly = TreeAssembly(grown.top, grown.below, outputs: 1)
    return try FittedDecisionTree(assembly.ensemble(features: design.features.count, labels.restore))
  }

  private static func misfit(_ given: Criterion, _ kind: LabelKind, instead: [Criterion]) -> EngineError {
    EngineError(
      .option(
        .wrongLabelKind(
          criterion.name, value: given.rawValue, suits: kind, instead: instead.map(\.rawValue))))
  }

  private func fit(_ design: DesignMatrix, _ classes: ClassTarget, _ progress: Progress) throws(EngineError)
    -> FittedDecisionTree
  {
    if criterion == .squaredError {
      throw Self.misfit(.squaredError, .numbers, instead: [.gini, .entropy])
    }
    let orders = try ColumnOrders(
      design, RecordLayout(rows: design.rowCount, classes: classes.count), classes: classes.codes, progress)
    let grown =
      if criterion == .entropy {
        try DecisionGrower<Entropy>(
          design, orders, .entropy(classes: classes.count, rows: design.rowCount), limits, progress
        ).grow()
      } else if classes.count == 2 {
        try DecisionGrower<PairGini>(design, orders, .gini(classes: 2), limits, progress).grow()
      } else {
        try DecisionGrower<Gini>(design, orders, .gini(classes: classes.count), limits, progress).grow()
      }
    var assembly = TreeAssembly(grown.top, grown.below, outputs: classes.count)
    return try FittedDecisionTree(assembly.ensemble(features: design.features.count) { $0 })
  }
}

public struct FittedDecisionTree: FittedEstimator {
  public let ensemble: TreeEnsemble

  init(_ grown: TreeEnsemble?) throws(EngineError) {
    guard let grown else { throw EngineError(.fitting(.tooLargeForGraph(learner: DecisionTree.name))) }
    ensemble = grown
  }

  public var notes: [String] { ["\(ensemble.leafValues.count / ensemble.outputs) leaves"] }

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    builder.trees(features, ensemble)
  }
}
