import Plan

extension Model {
  /// What it is for, for a title: `boost for survived`; the algorithm alone without a label.
  var purpose: String { label.map { "\(algorithm) for \($0.name)" } ?? algorithm }

  /// The same with what the label is made of.
  var purposeInFull: String { label.map { "\(purpose) (\($0.words))" } ?? purpose }
}
