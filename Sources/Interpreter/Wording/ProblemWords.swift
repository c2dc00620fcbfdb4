import Notation
import Plan

/// A problem in words: one line that says what is wrong, and what to do about it, most useful first.
public struct ProblemWords: Sendable, Equatable {
  public let reason: String
  public let help: [String]

  init(_ reason: String, help: [String] = []) {
    self.reason = reason
    self.help = help
  }

  /// The first of many names, with how many there are.
  public static func listed(_ names: [String]) -> String { NameList.of(names) }
}

extension EngineError {
  /// What is wrong, in words. A source's failure is worded with its place, by `Diagnostic`.
  public var words: ProblemWords { problem.words }
}

extension EngineProblem {
  var words: ProblemWords {
    switch self {
    case .column(let problem): problem.words
    case .label(let problem): problem.words
    case .rows(let problem): problem.words
    case .join(let problem): problem.words
    case .reshaping(let problem): problem.words
    case .option(let problem): problem.words
    case .privacy(let problem): problem.words
    case .synthesis(let problem): problem.words
    case .fitting(let problem): problem.words
    case .scoring(let problem): problem.words
    case .inputs(let problem): problem.words
    case .file(let problem): problem.words
    case .service(let problem): problem.words
    case .subject(let problem): problem.words
    case .registry(let problem): problem.words
    case .cancelled: ProblemWords("interrupted")
    }
  }
}
