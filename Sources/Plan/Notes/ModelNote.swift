/// What there is to say of how a model came about.
public enum ModelNote: Sendable, Hashable {
  case stage(StageNote)
  case leftOut(LeftOut)
  /// Of a text column's categories the most frequent are told apart, and the others count as unseen.
  case categoriesKept(String, Int, of: Int)
  /// What the learner has to say, in its own words.
  case learner(String)
  /// Each fold was judged by what was learned from earlier rows.
  case orderedFolds
  /// A search was interrupted after so many of its trials.
  case searchCutShort(Int, of: Int)
  /// As a package kept it, in words.
  case kept(String)
}
