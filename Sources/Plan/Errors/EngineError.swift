import Kernels
import Scoring
import Tables

/// A failure of the engine: a small typed value without prose or position. The interpreter adds the place, the stage and the
/// words.
public struct EngineError: Error, Sendable, Equatable {
  /// The kind of failure; each has a diagnostic code of the same spelling in the language.
  public enum Code: String, Sendable, CaseIterable {
    case unknownColumn = "unknown-column"
    case wrongType = "wrong-type"
    case duplicateName = "duplicate-name"
    case fittedTooEarly = "fitted-too-early"
    case labelLeak = "label-leak"
    case badLabel = "bad-label"
    case noLabel = "no-label"
    case noRows = "no-rows"
    case emptyPart = "empty-part"
    case badOption = "bad-option"
    case outOfBounds = "out-of-bounds"
    case outsideSandbox = "outside-sandbox"
    case notConverged = "not-converged"
    case trainingFailed = "training-failed"
    case unsupported
    case sealed
    case noTestPart = "no-test-part"
    case noSplit = "no-split"
    case validationFailed = "validation-failed"
    case requirementNotMet = "requirement-not-met"
    case source = "cannot-read"
    case cannotWrite = "cannot-write"
    case badFormat = "bad-format"
    case badPattern = "bad-pattern"
    case tooLarge = "too-large"
    case notFound = "not-found"
    case serviceFailed = "service-failed"
    case addressInUse = "address-in-use"
    case interrupted
  }

  public let code: Code
  /// What it is about: a column, a part, a file.
  public let subject: String
  /// One line that says what is wrong, written by the step that knows, without the subject's place in the script.
  public let reason: String
  /// What to do about it, most useful first.
  public let help: [String]
  /// What the source said, when the failure is a source's.
  public let source: SourceError?

  public init(
    _ code: Code, _ subject: String, _ reason: String, help: [String] = [], source: SourceError? = nil
  ) {
    self.code = code
    self.subject = subject
    self.reason = reason
    self.help = help
    self.source = source
  }

  /// The work was cancelled.
  public static let cancelled = EngineError(.interrupted, "", "interrupted")

  /// Runs `body` and gives a cancelled checkpoint as an engine error.
  public static func checking<Result>(_ body: () throws(Cancelled) -> Result) throws(EngineError) -> Result {
    do { return try body() } catch { throw .cancelled }
  }
}

extension EngineError {
  /// A format that cannot hold a step of the model.
  public init(_ unsupported: Unsupported, format: String) {
    self.init(.unsupported, unsupported.step, "\(format) cannot hold this step: \(unsupported.reason)")
  }

  /// Rows that a step could not be computed for.
  public init(_ failure: GraphRunFailure) {
    switch failure {
    case .cancelled: self = .cancelled
    case .graph(let error): self.init(.trainingFailed, error.step, "cannot be computed: \(error.words)")
    }
  }

  /// Rows that do not fit into the memory that may be used.
  public init(_ error: OutOfMemory, rows: Int) {
    self.init(
      .tooLarge, "",
      "\(rows) rows take about \(error.wanted >> 20) MB in memory, and the bound is \(error.bound >> 20) MB",
      help: ["`--memory` sets the bound", "`sample` or `filter` leaves fewer rows, `select` fewer columns"])
  }

  public init(_ source: SourceError) {
    if source.reason == .cancelled {
      self = .cancelled
    } else {
      self.init(.source, source.source, "", source: source)
    }
  }
}
