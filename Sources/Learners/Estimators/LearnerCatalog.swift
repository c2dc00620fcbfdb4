import Plan

/// Every learner there is: one line each, in the order in which help lists them.
public enum LearnerCatalog {
  public static let all: [any Estimator.Type] = [
    DummyLearner.self,
    LinearRegression.self,
    RidgeRegression.self,
    LogisticRegression.self,
    DecisionTree.self,
    GradientBoosting.self,
  ]

  /// The learner of that name; other tools' names are no names here, only hints.
  public static func named(_ name: String) -> (any Estimator.Type)? { all.first { $0.name == name } }

  /// The learners of a task, in the catalogue's order.
  public static func learners(for task: LearningTask) -> [any Estimator.Type] { all.filter { $0.tasks.contains(task) } }
}
