import Expressions

/// Why a graph cannot be run: which step's words, and what is wrong, without prose.
public struct GraphError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// An operator whose inputs or numbers do not fit it.
    case misfit(OperatorKind)
    /// A node that the graph does not have.
    case noNode(Int)
    /// An expression that does not compile.
    case expression(ExpressionError)
    /// A mask whose key cannot be had.
    case key(MaskKeyProblem)
  }

  /// The step as it is written in a script; empty where the graph as a whole is at fault.
  public let step: String
  public let reason: Reason

  init(step: String, _ reason: Reason) {
    self.step = step
    self.reason = reason
  }

  /// An operator whose inputs or numbers do not fit it.
  init(misfit node: Graph.Node) { self.init(step: node.step, .misfit(node.op.kind)) }
}
