import Expressions
import Tables

extension ByteWriter {
  /// An expression with a word for its kind and the names of its functions.
  package mutating func expression(_ expression: Expression) {
    switch expression {
    case .column(let name, let type):
      text("column")
      text(name)
      text(type.rawValue)
    case .literal(let value):
      text("literal")
      cell(value)
    case .missing(let type):
      text("missing")
      text(type.rawValue)
    case .call(let function, let arguments):
      text("call")
      text(function.rawValue)
      list(arguments) { $0.expression($1) }
    case .aggregate(let aggregate, let arguments):
      text("aggregate")
      text(aggregate.rawValue)
      list(arguments) { $0.expression($1) }
    case .window(let function, let arguments):
      text("window")
      text(function.rawValue)
      list(arguments) { $0.expression($1) }
    }
  }
}

extension ByteReader {
  /// An expression without statistics, which are fitted before a model is packed, or functions of the rows around, of which no model has
  /// any. That each call takes its
  /// arguments is checked once for the whole graph.
  package mutating func expression() throws(PackageError) -> Expression { try expression(depth: 0) }

  private mutating func expression(depth: Int) throws(PackageError) -> Expression {
    guard depth < maximumDepth else { throw failure(.tooDeep) }
    let start = position
    let name = try text()
    switch name {
    case "column": return .column(try text(), try word(ColumnType.self))
    case "literal": return .literal(try cell())
    case "missing": return .missing(try word(ColumnType.self))
    case "call":
      let function = try word(Function.self)
      return .call(
        function,
        try list(each: 8) { (reader) throws(PackageError) in try reader.expression(depth: depth + 1) })
    // any other word
    default: throw PackageError(offset: start, .unknownName(name))
    }
  }
}
