import Tables

/// What can be wrong with the label, or with its absence.
public enum LabelProblem: Sendable, Equatable {
  /// None was chosen for the rows named.
  case notChosen(String)
  /// A learner, by its name, learns one and there is none.
  case needed(by: String)
  /// Candidates are ranked by a label, and the learner of that name learns none.
  case notRanked(String)
  /// The model of that name has none, and it is needed to judge it.
  case ofNoModel(String)
  case noValue(String)
  case oneClass(String, Cell)
  /// No row is of the class that was asked for; the last are those that there are.
  case unknownClass(String, Cell, of: [Cell])
  /// A class was asked to be the positive one of a label with so many; 0 for a number.
  case notPositive(String, Cell, classes: Int)
  case tooManyClasses(String, Int, rows: Int)
  case notLearnable(String, ColumnType)
  case notNumber(String, ColumnType)
  /// A number to predict, where classes are looked at.
  case notClasses(String)
  /// A learner, by its name, learns labels of this kind only, and the label is of the other.
  case wrongKind(learner: String, learns: LabelKind)
  /// A learner that is not for the task; with those that are, and how the label would have to be read for it.
  case wrongTask(learner: String, label: String, LearningTask, fitting: [String], readAs: LabelTask?)
  case tooFewClasses
  /// A column that tells it is read by a guard, in the words of its step: a request does not have it.
  case guarded(String, by: String)
  /// Labels that are given by hand.
  case answers(AnswersProblem)
  /// The rows to learn from are all of one class.
  case oneClassLearned(rows: Int)

  var code: EngineError.Code {
    switch self {
    case .notChosen, .needed, .notRanked, .ofNoModel: .noLabel
    case .noValue, .oneClass, .unknownClass, .notPositive, .notLearnable, .notNumber: .badLabel
    case .tooManyClasses: .tooLarge
    case .wrongKind, .tooFewClasses, .oneClassLearned: .trainingFailed
    case .wrongTask, .notClasses: .unsupported
    case .guarded: .labelLeak
    case .answers(let problem): problem.code
    }
  }
}

/// What a label is made of.
public enum LabelKind: Sendable, Equatable {
  case numbers, classes

  /// The kind that it is not.
  public var other: LabelKind { self == .numbers ? .classes : .numbers }
}
