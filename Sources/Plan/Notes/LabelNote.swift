import Tables

/// Why a label has these classes, or which of them counts as positive.
public enum LabelNote: Sendable, Hashable {
  case number
  /// The classes in their order, with the rows of each.
  case classes([ValueCount])
  /// The positive class of two, with its rows, and the rows of both.
  case positive(ValueCount, of: Int)
}
