import Scoring

/// Why the bytes of a model's export are not kept: what is read back from them is not what was exported.
public struct ExportFault: Error, Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    /// A part that cannot be read or computed, in the format's own words.
    case unreadable(String)
    /// A package that cannot be opened, and the byte at which it goes wrong.
    case package(byte: Int, PackageProblem)
    /// A graph that does not compile.
    case graph(GraphError)
    /// An answer of a model for a row of the sample: `difference` is relative to what the model says, and infinite where the two
    /// are no numbers.
    case answer(String, is: String, expected: String, difference: Double)
  }

  /// The words of the step at which it goes wrong; empty where that is the file as a whole.
  public let step: String
  public let reason: Reason

  public init(step: String = "", _ reason: Reason) {
    self.step = step
    self.reason = reason
  }

  /// The same at a step, where none is known.
  public func at(_ step: String) -> ExportFault { self.step.isEmpty ? ExportFault(step: step, reason) : self }
}
