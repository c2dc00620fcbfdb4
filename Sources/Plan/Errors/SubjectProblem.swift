/// A stage whose subject is not there when it runs.
public enum SubjectProblem: Sendable, Equatable {
  /// It takes one of another kind.
  case wrong(SubjectNeed)
  case noModel(String?)
  case noTable(String)

  var code: EngineError.Code {
    switch self {
    case .wrong: .wrongType
    case .noModel, .noTable: .notFound
    }
  }
}

/// What a stage works on.
public enum SubjectNeed: Sendable, Equatable {
  case table, model, service
  /// Anything that can be shown or written.
  case look, export
}
