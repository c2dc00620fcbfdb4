/// The operators by name, without their numbers: the rows of the support matrix, and the names that packages store.
public enum OperatorKind: String, Sendable, Hashable, CaseIterable {
  case input, expression, lookup
  case oneHot = "one_hot"
  case concatenate, fill, affine, linear, trees, constant, link, decide, element

  /// One line without a full stop, for the reference.
  public var summary: String {
    switch self {
    case .input: "A raw column"
    case .expression: "A row expression; its functions have rows of their own"
    case .lookup: "A category's place in a list"
    case .oneHot: "A category as ones and zeros"
    case .concatenate: "Columns and vectors side by side"
    case .fill: "Missing places filled"
    case .affine: "Each place scaled and shifted"
    case .linear: "Weighted sums"
    case .trees: "Decision trees"
    case .constant: "The same numbers for every row"
    case .link: "Scores to probabilities"
    case .decide: "Probabilities to a class"
    case .element: "One place of a vector"
    }
  }
}

extension Operator {
  public var kind: OperatorKind {
    switch self {
    case .input: .input
    case .expression: .expression
    case .lookup: .lookup
    case .oneHot: .oneHot
    case .concatenate: .concatenate
    case .fill: .fill
    case .affine: .affine
    case .linear: .linear
    case .trees: .trees
    case .constant: .constant
    case .link: .link
    case .decide: .decide
    case .element: .element
    }
  }
}
