import Tables

/// Why a label has these classes, or which of them counts as positive.
public enum LabelNote: Sendable, Hashable {
  case number
  /// So many classes, with the rows of the smallest and of the largest.
  case classes(Int, least: Int, most: Int)
  case positive(Cell)
}
