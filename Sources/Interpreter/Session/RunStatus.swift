import Diagnostics
import Display

/// How a run ended.
public enum RunStatus: Sendable, Equatable {
  case done
  /// A stage failed while it ran.
  case failed
  case wrongUsage
  /// The script has errors, and nothing was run.
  case staticErrors
  /// A `require`, a `test` or a `validate … on_fail: stop` was not met.
  case notMet
  case interrupted

  /// The exit status of the command line.
  public var exitStatus: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .wrongUsage: 2
    case .staticErrors: 3
    case .notMet: 4
    case .interrupted: 130
    }
  }

  /// By the error that stopped the run.
  init(_ code: DiagnosticCode) {
    switch code {
    case .requirementNotMet, .validationFailed: self = .notMet
    case .interrupted: self = .interrupted
    default: self = .failed
    }
  }
}

/// What a session has to tell while it runs, in order.
public enum SessionEvent: Sendable {
  /// A stage begins: its words with every default, and its 1-based line.
  case stageBegan(words: String, line: Int)
  /// A result, with where it comes from.
  case display(Display, StagePlace)
  case diagnostic(Diagnostic, SourceFile)
  /// What was found beside the first of many: a reader of text is told how many.
  case further([Diagnostic], SourceFile)
  /// What is amiss with the cache: the run goes on without it, and what it shows is the same.
  case cache(Diagnostic)
  /// At the end of a run with a cache's folder: so many of its stages were not run again.
  case unchanged(Int, of: Int)
}
