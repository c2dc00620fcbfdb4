/// Other tools' words for options that several verbs and algorithms have; those of one alone are in its own description.
enum OptionHabits {
  private static let words: [String: [String]] = [
    "random_state": ["seed"], "random_seed": ["seed"], "set_seed": ["seed"],
    "lr": ["learning_rate"], "eta": ["learning_rate"], "shrinkage": ["learning_rate"],
    "lambda": ["l2_regularization", "alpha"], "reg_lambda": ["l2_regularization", "alpha"],
    "max_depth": ["depth"], "maxdepth": ["depth"],
    "n_estimators": ["trees"], "num_iterations": ["trees"], "num_boost_round": ["trees"], "num_round": ["trees"],
    "ntree": ["trees"], "nrounds": ["trees"], "iterations": ["trees", "max_iter"],
    "leaves": ["max_leaf_nodes"], "bins": ["max_bins"], "min_child_samples": ["min_samples_leaf"],
    "min_child_weight": ["min_samples_leaf"],
    "cv": ["folds"], "nfold": ["folds"], "k": ["folds"], "nrows": ["rows"],
  ]

  /// The option among `known` that is meant.
  static func option(_ word: String, among known: [String]) -> String? {
    words[word]?.first(where: known.contains)
  }
}
