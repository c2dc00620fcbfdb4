import Display
import Interpreter
import Metrics
import Plan
import Tables
import Training

/// What every metric says of some answers, worked out once for all that show it.
struct JudgedFigures {
  /// The heading over them.
  let name: String
  let label: ModelLabel
  let judgement: Judgement
  let values: [(metric: any Metric.Type, value: MetricValue)]

  /// `metrics` nil takes all of the label's task, in the catalogue's order.
  init(_ name: String, _ judgement: Judgement, _ label: ModelLabel, _ metrics: [any Metric.Type]? = nil) {
    self.name = name
    self.label = label
    self.judgement = judgement
    if let metrics {
      values = metrics.map { (metric: $0, value: $0.value(judgement)) }
    } else {
      values = MetricCatalog.values(judgement)
    }
  }

  var rowCount: Int { judgement.rowCount }

  /// nil for a metric of another task.
  func value(of metric: String) -> MetricValue? { values.first { $0.metric.name == metric }?.value }

  /// Those that have a value, for the model's record.
  var recorded: [(metric: String, value: Double)] {
    values.compactMap { metric, value in value.number.map { (metric.name, $0) } }
  }

  /// All, as a script reads them: `report.auc` is missing where it is undefined.
  var readable: [Look.Figure] {
    values.map { Look.Figure($0.metric.name, .cell($0.value.number.map(Cell.float) ?? .missing)) }
      + [Look.Figure("rows", .cell(.int(Int64(rowCount))))]
  }

  /// A figure that has no value.
  func undefined(_ metric: String, _ reason: Undefined) -> UndefinedFigure {
    UndefinedFigure(metric, reason, classes: label.classes.map(\.description), rows: rowCount)
  }

  /// Why a figure has no value, or a class of it none; nil where all have one.
  func remark(_ value: MetricValue) -> String? {
    guard let reason = value.reason else { return nil }
    let words = reason.words(classes: label.classes.map(\.description), rows: rowCount)
    guard case .partial(_, let defined, let all, _) = value else { return "undefined: \(words)" }
    return "over \(defined) of \(all) classes: \(words)" + (all - defined > 1 ? ", for one" : "")
  }
}

extension Cell {
  /// A number that may be undefined.
  static func figure(_ value: Double?) -> Cell { value.map(Cell.float) ?? .missing }
}

extension JudgedRows {
  /// Which rows they are: figures are of all folds together, those of a board means over them.
  var words: String {
    part == .outOfFold ? "\(part.rawValue), \(counted(foldCount, "fold")) taken together" : part.rawValue
  }
}
