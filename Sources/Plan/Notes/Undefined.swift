/// Why a metric has no value for some answers. Classes are codes.
public enum Undefined: Sendable, Hashable {
  case noRows
  /// The metric is one of another task.
  case otherTask
  case noProbabilities
  /// Rows that got no answer.
  case unanswered(rows: Int)
  /// No row is of the class.
  case noRow(of: Int)
  /// No row was given the class.
  case noneGiven(Int)
  /// No row is of the class and none was given it.
  case neither(Int)
  /// All rows are of one class.
  case oneClass(Int)
  /// All rows were given one class.
  case oneAnswer(Int)
  /// The label is one number throughout.
  case constantLabel
  /// The label is 0 in some rows, and is divided by.
  case zeroLabel(rows: Int)
  /// The number is too large to be one.
  case tooLarge

  /// Whether the rows alone decide it: then no model has a value for them, and leaving them out is fair to all.
  public var isOfTheRows: Bool {
    switch self {
    case .noRows, .otherTask, .noRow, .neither, .oneClass, .constantLabel, .zeroLabel: true
    case .noProbabilities, .unanswered, .noneGiven, .oneAnswer, .tooLarge: false
    }
  }
}
