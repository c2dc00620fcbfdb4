import Tables

/// An expression bound to columns and types once; it is compiled to register code that runs on n rows, printed as SQL,
/// or lowered into an exported model.
public indirect enum Expression: Sendable, Hashable {
  case column(String, ColumnType)
  /// A value that is not missing.
  case literal(Cell)
  case missing(ColumnType)
  case call(Function, [Expression])
  /// A statistic over all rows at hand; fitted on the training part, where it becomes a literal.
  case aggregate(Aggregate, [Expression])
  /// What a row makes of the rows around it, in an order and within a part that the stage states.
  case window(WindowFunction, [Expression])

  /// The type of the value, missing or not. A call that does not type-check has the type of its first argument.
  public var type: ColumnType {
    switch self {
    case .column(_, let type), .missing(let type): type
    case .literal(let cell): cell.type ?? .float
    case .call(let function, let arguments):
      function.result(arguments.map(\.type)) ?? arguments.first?.type ?? .float
    case .aggregate(let aggregate, let arguments):
      aggregate.result(arguments.map(\.type)) ?? arguments.first?.type ?? .float
    case .window(let function, let arguments):
      function.result(arguments.map(\.type)) ?? arguments.first?.type ?? .float
    }
  }

  /// The names of the columns read, each once, in order of first appearance.
  public var columns: [String] {
    var names: [String] = []
    collectColumns(into: &names)
    return names
  }

  private func collectColumns(into names: inout [String]) {
    switch self {
    case .column(let name, _): if !names.contains(name) { names.append(name) }
    case .literal, .missing: break
    case .call(_, let arguments), .aggregate(_, let arguments), .window(_, let arguments):
      for argument in arguments { argument.collectColumns(into: &names) }
    }
  }

  /// Whether a statistic over rows is inside, so that the expression has to be fitted before it can run.
  public var isFitted: Bool {
    switch self {
    case .column, .literal, .missing: false
    case .call(_, let arguments), .window(_, let arguments): arguments.contains(where: \.isFitted)
    case .aggregate: true
    }
  }

  /// The expression with every column renamed by `names`; names that are not in it stay.
  public func renamingColumns(_ names: [String: String]) -> Expression {
    switch self {
    case .column(let name, let type): .column(names[name] ?? name, type)
    case .literal, .missing: self
    case .call(let function, let arguments): .call(function, arguments.map { $0.renamingColumns(names) })
    case .aggregate(let aggregate, let arguments): .aggregate(aggregate, arguments.map { $0.renamingColumns(names) })
    case .window(let function, let arguments): .window(function, arguments.map { $0.renamingColumns(names) })
    }
  }
}
