import Language

/// Classes and functions of scikit-learn, and of R's packages for the same.
extension HabitCatalogue {
  static let scikit = [
    Habit(.sklearn, ["train_test_split"], like: "train_test_split 0.2") { $0.splitting },
    Habit(.sklearn, ["cross_val_score", "cross_validate", "KFold", "StratifiedKFold"], like: "cross_val_score") {
      switch $0.subject {
      case .model: "eval"
      case .split: "train logistic"
      default: "split folds: \($0.count ?? 5)"
      }
    },
    Habit(.sklearn, ["GridSearchCV", "RandomizedSearchCV"], like: "GridSearchCV") {
      $0.withoutArguments.training("logistic, C: log(0.001..10)")
    },
    Habit(
      .sklearn,
      ["classification_report", "confusion_matrix", "accuracy_score", "roc_auc_score", "f1_score", "r2_score"],
      like: "confusion_matrix"
    ) { use in
      if case .model = use.subject { "eval" } else { use.withoutArguments.training("logistic") + " |> eval" }
    },
    Habit(.sklearn, ["StandardScaler"], like: "StandardScaler") { _ in "scale numeric() = standard" },
    Habit(.sklearn, ["OneHotEncoder"], like: "OneHotEncoder") { _ in "encode text() = onehot" },
    Habit(.sklearn, ["SimpleImputer"], like: "SimpleImputer") { _ in "impute numeric() = median" },
    Habit(
      .sklearn, ["RandomForestClassifier", "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor"],
      like: "RandomForestClassifier", instead: "forest"
    ) { $0.training("boost") },
    Habit(.r, ["randomForest", "ranger", "rand_forest"], like: "ranger", instead: "forest") { $0.training("boost") },
    Habit(.sklearn, ["SVC", "LinearSVC"], like: "SVC", instead: "svm") { $0.withoutArguments.training("logistic") },
    Habit(.sklearn, ["KNeighborsClassifier"], like: "KNeighborsClassifier", instead: "knn") {
      $0.withoutArguments.training("tree")
    },
  ]
}

extension HabitUse {
  /// The same without what was typed behind the word.
  var withoutArguments: HabitUse { HabitUse(arguments: [], subject: subject) }

  /// `train_test_split(X, y, test_size=0.2, random_state=42)`: the shares and the seed; what is split is at hand.
  var splitting: String {
    let words = ["test_size": "test", "train_size": "train", "random_state": "seed", "test": "test", "seed": "seed"]
    let options = arguments.compactMap { argument -> String? in
      switch argument.kind {
      case .option(let name, let value): words[name.text].map { "\($0): \(SyntaxPrinter.text(value))" }
      case .positional(let value):
        if case .literal(.float) = value.kind { "test: \(SyntaxPrinter.text(value))" } else { nil }
      case .assignment: nil
      }
    }
    return options.isEmpty ? "split" : "split " + options.joined(separator: ", ")
  }
}
