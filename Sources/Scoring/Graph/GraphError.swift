import Expressions

/// Why a graph cannot be run: which step's words, and the reason in plain words.
public struct GraphError: Error, Sendable, Hashable {
  /// The step as it is written in a script; empty where the graph as a whole is at fault.
  public let step: String
  /// Without a full stop: `the pattern "(" is not one: missing closing parenthesis`.
  public let reason: String

  /// The step and the reason, as an answer to a user holds them.
  public var words: String { step.isEmpty ? reason : "`\(step)`: \(reason)" }

  init(step: String, reason: String) {
    self.step = step
    self.reason = reason
  }

  /// An operator whose inputs or numbers do not fit it.
  init(misfit node: Graph.Node) {
    self.init(step: node.step, reason: "a part of the model (\(node.op.kind.rawValue)) does not fit its inputs")
  }
}

extension ExpressionError {
  /// In plain words, for graphs: an expression of a script is checked where it is written.
  var reason: String {
    switch self {
    case .wrongTypes(let function, let types):
      "`\(function.rawValue)` does not take \(types.map(\.rawValue).joined(separator: " and "))"
    case .badPattern(let pattern, let offset, let message):
      "the pattern \"\(pattern.prefix(60))\" goes wrong at byte \(offset): \(message)"
    case .noSuchGroup(let pattern, let group): "the pattern \"\(pattern.prefix(60))\" has no group \(group)"
    case .notLiteral(let function, let argument):
      "argument \(argument + 1) of `\(function.rawValue)` has to be a literal"
    case .badUnit(let unit): "\"\(unit)\" is no unit here"
    case .badFormat(let format): "the date format \"\(format)\" has a part that is not known"
    case .notFitted(let aggregate), .badAggregate(let aggregate):
      "the statistic `\(aggregate.rawValue)` is not settled, and a single row has none"
    case .conflictingColumn(let name): "'\(name)' is read with two types"
    case .tooLarge:
      "the expression has more than \(CompiledExpression.maximumParts) parts or more than "
        + "\(CompiledExpression.maximumDepth) levels"
    }
  }
}
