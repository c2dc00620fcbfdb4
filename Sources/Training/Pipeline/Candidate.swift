import Descriptions
import Learners
import Plan

/// An algorithm with the hyperparameters that were written for it, fixed or to be tuned.
public struct Candidate: Sendable {
  public let learner: any Estimator.Type
  public let options: Options

  public init(_ learner: any Estimator.Type, _ options: Options = Options()) {
    self.learner = learner
    self.options = options
  }

  public var name: String { learner.description.name }

  /// As what the label would have to be read to suit the algorithm; nil where it cannot.
  func task(for label: ModelLabel) -> LabelTask? {
    if label.task == .regression {
      return learner.tasks.isDisjoint(with: Set<LearningTask>.classification) ? nil : .classification
    }
    let isNumeric = label.classes.allSatisfy { $0.number != nil }
    return isNumeric && learner.tasks.contains(.regression) ? .regression : nil
  }

  /// The hyperparameters that were written, as in a script: `depth: 3, learning_rate: 0.1`.
  public var optionWords: String {
    learner.description.parameters.compactMap { parameter in
      options.values[parameter.name].map { "\(parameter.name): \($0)" }
    }.joined(separator: ", ")
  }

  /// Every hyperparameter with the value in force for a task; nil is without a label.
  public func optionsInFull(_ task: LearningTask?) -> [(name: String, value: String)] {
    learner.description.parameters.map { parameter in
      let value = options.values[parameter.name] ?? parameter.fallbackRaw
      let fallback = task.flatMap { learner.fallback(parameter.name, for: $0) } ?? parameter.fallbackWords
      return (parameter.name, value?.description ?? fallback ?? "")
    }
  }
}
