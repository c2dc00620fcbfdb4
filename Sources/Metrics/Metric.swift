import Descriptions
import Plan

/// A figure of merit, named and defined as scikit-learn does; what is nothing over nothing is undefined here
/// (`zero_division=nan` there), and means over classes leave such classes out.
public protocol Metric: Sendable {
  /// Name, summary, other tools' names, the definition followed.
  static var description: Description { get }
  static var direction: MetricDirection { get }
  static var tasks: Set<LearningTask> { get }
  /// A number, or why there is none for these answers.
  static func value(_ judgement: Judgement) -> MetricValue
}

/// Which way is better.
public enum MetricDirection: String, Sendable, Hashable {
  case higher, lower

  /// Whether `new` is better than `old`.
  public func isBetter(_ new: Double, than old: Double) -> Bool { self == .higher ? new > old : new < old }
}

extension Metric {
  public static var name: String { description.name }

  /// The value, if the task and the rows allow one and it is a number.
  static func defined(_ judgement: Judgement, _ value: (Judgement) -> MetricValue) -> MetricValue {
    guard tasks.contains(judgement.task) else { return .undefined(.otherTask) }
    guard judgement.rowCount > 0 else { return .undefined(.noRows) }
    guard judgement.unansweredCount == 0 else { return .undefined(.unanswered(rows: judgement.unansweredCount)) }
    let value = value(judgement)
    guard let number = value.number, !number.isFinite else { return value }
    return .undefined(.tooLarge)
  }

  /// As `defined`, for a metric of probabilities.
  static func ofProbabilities(_ judgement: Judgement, _ value: (Judgement) -> MetricValue) -> MetricValue {
    defined(judgement) { $0.hasProbabilities ? value($0) : .undefined(.noProbabilities) }
  }

  static func describe(_ name: String, _ summary: String, otherNames: [String] = [], reference: String) -> Description {
    Description(
      name: name, summary: summary, group: "Metrics", otherNames: otherNames, references: [reference])
  }
}
