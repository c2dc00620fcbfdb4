import Display

/// Somebody who can be asked while a stage runs: at a prompt on a terminal. Nothing is ever asked anywhere else.
public protocol Questioner: Sendable {
  /// Shows something that a question is about.
  func show(_ display: Display)
  /// Waits for a line, which is typed behind `prompt`.
  func ask(_ prompt: String) -> QuestionReply
}

/// What came of a question.
public enum QuestionReply: Sendable, Equatable {
  case line(String)
  /// Ctrl-C: the stage is to end.
  case interrupted
  /// The end of the input, or the terminal is gone: nothing more can be asked.
  case ended
}
