import Tables

/// What is to be learned of a label: its classes or its number.
public enum LabelTask: String, Sendable, Hashable, CaseIterable {
  /// Text and bool are classes; an int with at most 20 different values is; any other number is a number.
  case auto
  case classification, regression
}

/// The label chosen for learning.
public struct LabelSpec: Sendable, Hashable {
  public let name: String
  /// The positive class as it was asked for; nil leaves it to the data: `true`, 1 or "yes", else the rarer class.
  public let positive: Cell?
  /// The raw columns that the label is made of.
  public let origins: Set<String>
  public let task: LabelTask

  public init(name: String, positive: Cell?, origins: Set<String>, task: LabelTask = .auto) {
    self.name = name
    self.task = task
    self.positive = positive
    self.origins = origins
  }

  func renamed(_ new: String) -> LabelSpec { LabelSpec(name: new, positive: positive, origins: origins, task: task) }
}
