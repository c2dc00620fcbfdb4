import Descriptions
import Glibc
import Kernels
import Plan
import Scoring

/// Gradient boosting of regression trees on histograms.
public struct GradientBoosting: Estimator {
  public static let trees = Parameter<Tunable<Int>>(
    "trees", "Trees, one after the other; per class when there are more than two", default: .fixed(100),
    .within(1, 100_000))
  public static let learningRate = Parameter<Tunable<Double>>(
    "learning_rate", "How much of each tree is taken", default: .fixed(0.1), .above(0))
  public static let leaves = Parameter<Tunable<Int>>(
    "max_leaf_nodes", "Most leaves of a tree", default: .fixed(31), .within(2, 65_536))
  public static let depth = Parameter<Tunable<Int>>(
    "depth", "Most tests between root and leaf", otherwise: "no limit", .atLeast(1))
  public static let fewestRows = Parameter<Tunable<Int>>(
    "min_samples_leaf", "Fewest rows of a leaf", default: .fixed(20), .atLeast(1))
  public static let l2 = Parameter<Tunable<Double>>(
    "l2_regularization", "Penalty on the squared values of leaves, added to their sums of hessians", default: .fixed(1),
    .within(0, 1e12))
  public static let bins = Parameter<Tunable<Int>>(
    "max_bins", "Most bins that the values of a feature fall into", default: .fixed(255), .within(2, 255))

  public static let description = Description(
    name: "boost", summary: "Gradient boosted trees on histograms", group: "Trees",
    details: [
      "Trees grow leaf by leaf, the greatest gain first. Categories are divided as sets and missing values go to the side that "
        + "is better for them; neither needs a step before. Sums are of whole numbers, so any number of threads gives the "
        + "same trees.",
      "A leaf adds the sum of gradients over the sum of hessians and `l2_regularization`; where hessians are small (rare or many "
        + "classes) a penalty of 0 makes such values arbitrary. No leaf has a sum of hessians below 0.001. Of a column with more "
        + "categories than `max_bins` the most frequent have bins of their own.",
    ],
    parameters: [trees, learningRate, leaves, depth, fewestRows, l2, bins],
    examples: [
      Example(
        "boost on columns as they are",
        "load titanic\nselect survived, age, sex, class\nlabel survived\nsplit train: 0.8, test: 0.2, seed: 1\n"
          + "train boost, trees: 50, depth: 4\neval")
    ],
    otherNames: [
      "HistGradientBoostingClassifier", "HistGradientBoostingRegressor", "gbm", "xgboost", "lightgbm", "catboost",
      "gradient_boosting",
    ],
    otherOptions: [
      "n_estimators": "trees", "max_iter": "trees", "iterations": "trees", "num_iterations": "trees",
      "num_boost_round": "trees", "num_round": "trees", "nrounds": "trees", "ntree": "trees", "max_depth": "depth",
      "maxdepth": "depth", "num_leaves": "max_leaf_nodes", "max_leaves": "max_leaf_nodes", "leaves": "max_leaf_nodes",
      "eta": "learning_rate", "lr": "learning_rate", "shrinkage": "learning_rate", "lambda": "l2_regularization",
      "reg_lambda": "l2_regularization", "lambda_l2": "l2_regularization", "min_data_in_leaf": "min_samples_leaf",
      "min_child_samples": "min_samples_leaf", "min_child_weight": "min_samples_leaf", "max_bin": "max_bins",
      "bins": "max_bins",
    ],
    references: [
      "scikit-learn HistGradientBoostingClassifier and HistGradientBoostingRegressor", "Friedman 2001",
      "Ke et al. 2017",
      "Shi et al. 2022, quantised training",
    ])
  public static let tasks: Set<LearningTask> = [.binary, .multiclass, .regression]
  public static let needs = FeatureNeeds(categories: .codes, takesMissing: true, scales: false, mostCategories: 254)

  private let rounds: Int
  private let mostBins: Int
  private let settings: TreeGrower.Settings
  private let seed: UInt64

  /// Below, a second thread would wait more than it helps.
  private static let fewestCellsToShare = 1 << 16

  public init(options: Options, seed: UInt64) {
    rounds = options.settled(Self.trees) ?? 100
    mostBins = options.settled(Self.bins) ?? 255
    settings = TreeGrower.Settings(
      leaves: options.settled(Self.leaves) ?? 31, depth: options.settled(Self.depth),
      fewestRows: options.settled(Self.fewestRows) ?? 20, l2: options.settled(Self.l2) ?? 1,
      learningRate: options.settled(Self.learningRate) ?? 0.1)
    self.seed = seed
  }

  public func fit(_ design: DesignMatrix, _ progress: Progress) throws(EngineError) -> FittedGradientBoosting {
    let loss: BoostingLoss
    if case .numbers = design.target?.values {
      loss = BoostingLoss(values: try design.numbers(for: Self.self))
    } else {
      loss = BoostingLoss(try design.classes(for: Self.self))
    }
    guard design.rowCount < GradientScale.mostRows else {
      throw EngineError(
        .fitting(.tooManyRows(design.rowCount, most: GradientScale.mostRows - 1, learner: Self.name)))
    }
    let binned = try design.cache.binned(design, most: mostBins, seed: seed, progress)
    let isSmall = binned.rowCount * binned.columns.count < Self.fewestCellsToShare
    let team = BoostingTeam(isSmall ? 1 : Threads.count)
    defer { team.end() }
    let grower = TreeGrower(binned, features: design.features.count, loss, settings, team, seed: seed, progress)
    var scale = loss.scale
    var round = 0
    var goesOn = !binned.columns.isEmpty
    while goesOn, round < rounds {
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(round) / Double(rounds), "boost: tree \(round + 1) of \(rounds)")
      }
      loss.startRound(&scale, team)
      goesOn = false
      for output in 0..<loss.outputs { goesOn = try grower.grow(output: output, scale, progress) || goesOn }
      round += 1
    }
    return try FittedGradientBoosting(grower.ensemble, loss)
  }
}

public struct FittedGradientBoosting: FittedEstimator {
  public let ensemble: TreeEnsemble
  private let link: Link

  init(_ assembly: EnsembleAssembly, _ loss: BoostingLoss) throws(EngineError) {
    guard let ensemble = assembly.ensemble(base: loss.base.map { $0 * loss.unit }),
      ensemble.leafValues.allSatisfy(\.isFinite)
    else {
      throw EngineError(
        .fitting(
          .overflow(.leafValue, .learner(GradientBoosting.name), [.set("learning_rate", to: "0.1")])))
    }
    self.ensemble = ensemble
    link =
      switch loss.kind {
      case .squared: .identity
      case .logistic: .sigmoid
      case .softmax: .softmax
      }
  }

  public func lower(_ features: VectorPort, into builder: inout GraphBuilder) throws(Unsupported) -> VectorPort {
    let scores = builder.trees(features, ensemble)
    return link == .identity ? scores : builder.link(scores, link)
  }
}
