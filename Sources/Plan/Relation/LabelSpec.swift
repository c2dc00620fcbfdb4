import Tables

/// The label chosen for learning.
public struct LabelSpec: Sendable, Hashable {
  public let name: String
  /// The positive class as it was asked for; nil leaves it to the data: `true`, 1 or "yes", else the rarer class.
  public let positive: Cell?
  /// The raw columns that the label is made of.
  public let origins: Set<String>

  public init(name: String, positive: Cell?, origins: Set<String>) {
    self.name = name
    self.positive = positive
    self.origins = origins
  }

  func renamed(_ new: String) -> LabelSpec { LabelSpec(name: new, positive: positive, origins: origins) }
}
