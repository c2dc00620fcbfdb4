import Tables

/// What can be wrong with the value of an option.
public enum OptionProblem: Sendable, Equatable {
  /// Outside its bounds, of which one may be open.
  case outOfBounds(String, Double, from: Double?, to: Double?)
  /// For labels of another kind; the values that are for this one come last.
  case wrongLabelKind(String, value: String, suits: LabelKind, instead: [String])
  /// Combined with those that it excludes.
  case combined(String, with: [String])
  /// The share to learn from is 0.
  case nothingToLearn(String)
  /// The shares of the parts add up to something else than 1; the last is the share to learn from with which they would.
  case shareSum(Double, train: Double)
  case noShares
  /// A column that is to name the parts and cannot.
  case notParts(column: String, ColumnType)
  /// A column that names a part which is none.
  case unknownPart(String, column: String)
  /// What a grid cannot go through: a range of real numbers.
  case notCountable(String)
  /// A grid of more combinations than may be tried; nil is beyond `most`.
  case gridTooLarge(Int?, most: Int, trials: Int)
  /// A threshold where the label, by its name, has not two classes.
  case threshold(label: String)

  /// The option that is at fault.
  public var option: String {
    switch self {
    case .outOfBounds(let option, _, _, _), .wrongLabelKind(let option, _, _, _), .combined(let option, _),
      .nothingToLearn(let option), .notCountable(let option):
      option
    case .shareSum: "train"
    case .noShares: "split"
    case .notParts, .unknownPart: "using"
    case .gridTooLarge: "search"
    case .threshold: "threshold"
    }
  }
}
