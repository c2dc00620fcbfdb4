import Expressions
import Scoring

extension GraphError {
  /// The step and what is wrong with it, as an answer to a user holds them.
  public var words: String { step.isEmpty ? reason.words : "`\(step)`: \(reason.words)" }
}

extension GraphError.Reason {
  fileprivate var words: String {
    switch self {
    case .misfit(let kind): "a part of the model (\(kind.rawValue)) does not fit its inputs"
    case .noNode(let node): "the graph has no part \(node)"
    case .expression(let error): error.words
    case .key(let problem): problem.words.reason
    }
  }
}

extension ExpressionError {
  /// In one line, for what is found without a place in a script: where it is written, the binder says it with the place.
  var words: String {
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
    case .badZone(let zone): "\"\(zone)\" is no offset from UTC"
    case .badConvention(let decimal, let group):
      "no number is written with decimal \"\(decimal)\" and group \"\(group)\""
    case .notFitted(let aggregate), .badAggregate(let aggregate):
      "the statistic `\(aggregate.rawValue)` is not settled, and a single row has none"
    case .notOrdered(let function), .badWindow(let function):
      "`\(function.rawValue)` reads the rows around, and a single row has none"
    case .conflictingColumn(let name): "'\(name)' is read with two types"
    case .tooLarge:
      "the expression has more than \(CompiledExpression.maximumParts) parts or more than "
        + "\(CompiledExpression.maximumDepth) levels"
    }
  }
}
