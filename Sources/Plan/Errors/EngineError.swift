import Kernels
import Scoring
import Tables

/// A failure of the engine: what is wrong, as a value without words or a place. The interpreter adds the place, the stage and
/// the words.
public struct EngineError: Error, Sendable, Equatable {
  /// The kind of failure; each has a diagnostic code of the same spelling in the language.
  public enum Code: String, Sendable, CaseIterable {
    case unknownColumn = "unknown-column"
    case wrongType = "wrong-type"
    case duplicateName = "duplicate-name"
    case fittedTooEarly = "fitted-too-early"
    case labelLeak = "label-leak"
    case privacyLeak = "privacy-leak"
    case badLabel = "bad-label"
    case noLabel = "no-label"
    case noRows = "no-rows"
    case emptyPart = "empty-part"
    case badOption = "bad-option"
    case outsideSandbox = "outside-sandbox"
    case notConverged = "not-converged"
    case trainingFailed = "training-failed"
    case unsupported
    case noTestPart = "no-test-part"
    case noSplit = "no-split"
    case validationFailed = "validation-failed"
    case requirementNotMet = "requirement-not-met"
    case source = "cannot-read"
    case cannotWrite = "cannot-write"
    case exportDiffers = "export-differs"
    case badFormat = "bad-format"
    case badPattern = "bad-pattern"
    case tooLarge = "too-large"
    case notFound = "not-found"
    case serviceFailed = "service-failed"
    case addressInUse = "address-in-use"
    case interrupted
  }

  public let problem: EngineProblem

  public init(_ problem: EngineProblem) { self.problem = problem }

  public var code: Code { problem.code }

  /// The work was cancelled.
  public static let cancelled = EngineError(EngineProblem.cancelled)

  /// Runs `body` and gives a cancelled checkpoint as an engine error.
  public static func checking<Result>(_ body: () throws(Cancelled) -> Result) throws(EngineError) -> Result {
    do { return try body() } catch { throw .cancelled }
  }
}

extension EngineError {
  /// What cannot hold a step of the model.
  public init(_ unsupported: Unsupported, by holder: StepHolder) {
    self.init(.scoring(.cannotHold(unsupported, holder)))
  }

  /// Rows that a step could not be computed for.
  public init(_ failure: GraphRunFailure) {
    switch failure {
    case .cancelled: self = .cancelled
    case .graph(let error): self.init(.scoring(.notComputed(error)))
    }
  }

  /// Rows that do not fit into the memory that may be used.
  public init(_ error: OutOfMemory, rows: Int) { self.init(.rows(.tooMany(rows, error))) }

  public init(_ source: SourceError) {
    self = source.reason == .cancelled ? .cancelled : EngineError(.file(.unreadable(source)))
  }
}
