import Descriptions
import Plan

/// A figure of merit, named and defined as scikit-learn does.
public protocol Metric: Sendable {
  /// Name, summary, other tools' names, the definition followed.
  static var description: Description { get }
  static var direction: MetricDirection { get }
  static var tasks: Set<LearningTask> { get }
  /// nil where the metric is undefined for these answers: no rows, another task, no probabilities, a single class.
  static func value(_ predictions: Predictions) -> Double?
}

/// Which way is better.
public enum MetricDirection: String, Sendable, Hashable {
  case higher, lower

  /// Whether `new` is better than `old`.
  public func isBetter(_ new: Double, than old: Double) -> Bool { self == .higher ? new > old : new < old }
}

extension Metric {
  public static var name: String { description.name }

  /// The value, if the task and the number of rows allow one and it is a number.
  static func defined(_ predictions: Predictions, _ value: (Predictions) -> Double?) -> Double? {
    guard tasks.contains(predictions.task), predictions.rowCount > 0, let value = value(predictions), !value.isNaN
    else { return nil }
    return value
  }

  static func describe(_ name: String, _ summary: String, otherNames: [String] = [], reference: String) -> Description {
    Description(
      name: name, summary: summary, group: "Metrics", otherNames: otherNames, references: [reference])
  }
}
