/// A stage whose subject is not there when it runs.
public enum SubjectProblem: Sendable, Equatable {
  /// It takes one of another kind.
  case wrong(SubjectNeed)
  case noModel(String?)
  case noTable(String)
  /// Models of these algorithms are no weighted sum of features.
  case noCoefficients([String])
  /// Models of these algorithms are no single tree.
  case noTree([String])
  /// A look that a model's label, by its name, has nothing for; those that it has come last.
  case lookOfOtherTask(String, label: String, LearningTask, instead: [String])

  var code: EngineError.Code {
    switch self {
    case .wrong: .wrongType
    case .noModel, .noTable: .notFound
    case .noCoefficients, .noTree, .lookOfOtherTask: .unsupported
    }
  }
}

/// What a stage works on.
public enum SubjectNeed: Sendable, Equatable {
  case table, model, service
  /// Anything that can be shown or written.
  case look, export
}
