import Expressions
import Tables

/// The primitive operators that every fitted step and model lowers to. Closed: each target answers for each case.
///
/// Two kinds of values flow: *columns* (typed cells, missing or not) and *vectors* (a fixed number of doubles a row, not-a-number
/// standing for missing).
public enum Operator: Sendable, Hashable {
  /// A raw column of the answer's input. No inputs; gives a column.
  case input(String, ColumnType)
  /// An expression without aggregates; its columns are the node's inputs, in the order of `Expression.columns`. Gives a column.
  case expression(Expression)
  /// Text to the place of the word in `words` as a float column; a word that is not there gives `unseen` and a missing cell
  /// stays missing.
  case lookup(words: [String], unseen: Double)
  /// Text to a vector with a one at the word's place, all zeros for an unseen word; with `missingPlace` there is one more
  /// place at the end, which is one for a missing cell (without it, missing gives all zeros).
  case oneHot(words: [String], missingPlace: Bool)
  /// Columns (int, float, bool as 0/1, date as days, datetime as seconds) and vectors side by side as one vector.
  case concatenate
  /// A vector with each missing place filled by its value.
  case fill([Double])
  /// A vector with place i as `values[i] * scale[i] + offset[i]`.
  case affine(scale: [Double], offset: [Double])
  /// A vector to one of `weights.count` scores: `weights[k] · values + intercepts[k]`. Not for vectors with missing places.
  case linear(weights: [[Double]], intercepts: [Double])
  /// A vector to the ensemble's outputs.
  case trees(TreeEnsemble)
  /// The same outputs for every row of a vector.
  case constant([Double])
  /// Scores to probabilities or predictions.
  case link(Link)
  /// A vector of probabilities to the class: the largest (the first of equals), or with `threshold`, for two classes, the
  /// second when its probability is at least that. Gives a column of the classes' type.
  case decide(classes: [Cell], threshold: Double?)
  /// One place of a vector as a float column (a regression's answer).
  case element(Int)
}

/// The last function of a model.
public enum Link: String, Sendable, Hashable, CaseIterable {
  case identity
  /// One score s to the probabilities (1 − σ(s), σ(s)).
  case sigmoid
  case softmax
  /// e^s, for counts.
  case exponential
}
