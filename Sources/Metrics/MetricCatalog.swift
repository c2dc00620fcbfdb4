import Plan

/// Every metric there is: one line each, in the order in which results list them.
public enum MetricCatalog {
  public static let all: [any Metric.Type] = [
    Accuracy.self,
    BalancedAccuracy.self,
    Precision.self,
    Recall.self,
    F1.self,
    PrecisionWeighted.self,
    RecallWeighted.self,
    F1Weighted.self,
    TopKAccuracy.self,
    Specificity.self,
    AUC.self,
    AveragePrecision.self,
    LogLoss.self,
    BrierScore.self,
    CohenKappa.self,
    MatthewsCorrcoef.self,
    RMSE.self,
    MSE.self,
    MAE.self,
    MedianAE.self,
    R2.self,
    ExplainedVariance.self,
    MAPE.self,
    MaxError.self,
  ]

  /// The metric of that name; other tools' names are no names here, only hints.
  public static func named(_ name: String) -> (any Metric.Type)? { all.first { $0.name == name } }

  /// The metrics of a task, in the catalogue's order.
  public static func metrics(for task: LearningTask) -> [any Metric.Type] { all.filter { $0.tasks.contains(task) } }

  /// What a search minimises or maximises when the script does not say: log loss for classes, else the root mean squared error.
  public static func standard(for task: LearningTask) -> any Metric.Type {
    task == .regression ? RMSE.self : LogLoss.self
  }

  /// The few that say most of a model, `first` before them.
  public static func leading(for task: LearningTask, first: any Metric.Type) -> [any Metric.Type] {
    let few: [any Metric.Type] =
      switch task {
      case .binary: [LogLoss.self, Accuracy.self, AUC.self, F1.self]
      case .multiclass: [LogLoss.self, Accuracy.self, F1.self]
      case .regression: [RMSE.self, MAE.self, R2.self]
      }
    return [first] + few.filter { $0 != first }
  }

  /// What every metric of the answers' task says of them, in the catalogue's order.
  public static func values(_ judgement: Judgement) -> [(metric: any Metric.Type, value: MetricValue)] {
    metrics(for: judgement.task).map { ($0, $0.value(judgement)) }
  }
}
