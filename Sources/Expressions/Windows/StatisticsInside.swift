import Tables

extension Expression {
  /// A function of the rows around that is inside; nil where none is.
  public var firstWindow: WindowFunction? {
    switch self {
    case .column, .literal, .missing: nil
    case .call(_, let arguments), .aggregate(_, let arguments): arguments.lazy.compactMap(\.firstWindow).first
    case .window(let function, _): function
    }
  }

  /// The expression with each statistic and each function of the rows around replaced, those inside others first: `replacement` is given
  /// one whose arguments have none.
  public func replacingStatistics<Failure: Error>(
    _ replacement: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    switch self {
    case .column, .literal, .missing: return self
    case .call(let function, let arguments):
      return .call(function, try Self.replacing(in: arguments, replacement))
    case .aggregate(let aggregate, let arguments):
      return try replacement(.aggregate(aggregate, try Self.replacing(in: arguments, replacement)))
    case .window(let function, let arguments):
      return try replacement(.window(function, try Self.replacing(in: arguments, replacement)))
    }
  }

  private static func replacing<Failure: Error>(
    in arguments: [Expression], _ replacement: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> [Expression] {
    var replaced: [Expression] = []
    for argument in arguments { replaced.append(try argument.replacingStatistics(replacement)) }
    return replaced
  }
}
