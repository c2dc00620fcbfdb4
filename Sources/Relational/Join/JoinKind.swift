import Descriptions

/// Which rows a join gives.
public enum JoinKind: String, ChoiceValue {
  /// Pairs of rows that match.
  case inner
  /// These, and the rows of the table at hand that have no match.
  case left
  /// The pairs, and the rows of the other table that have no match.
  case right
  /// The pairs, and the rows of both that have no match.
  case full
  /// The rows of the table at hand that have a match, each once, and no column of the other.
  case semi
  /// Those that have none.
  case anti
  /// Every row of the table at hand, beside the nearest of the other in an order.
  case asof

  /// Whether rows of the table at hand that have no match stay.
  var keepsOwn: Bool { self == .left || self == .full || self == .asof }

  /// Whether rows of the other table that have no match come too.
  var keepsOthers: Bool { self == .right || self == .full }

  /// Whether rows of the table at hand are only chosen.
  var onlyChooses: Bool { self == .semi || self == .anti }
}

/// How often a key may stand in the table at hand and in the other.
public enum JoinExpectation: String, ChoiceValue {
  case oneToOne = "one_to_one"
  case oneToMany = "one_to_many"
  case manyToOne = "many_to_one"
  case manyToMany = "many_to_many"

  /// Whether keys of the table at hand stand once.
  var hasUniqueOwn: Bool { self == .oneToOne || self == .oneToMany }

  /// Whether keys of the other table do.
  var hasUniqueOthers: Bool { self == .oneToOne || self == .manyToOne }
}
