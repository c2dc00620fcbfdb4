import Tables

/// A raw column of the answer's input. No inputs; gives a column.
public struct InputOperator: Sendable, Hashable {
  public let name: String
  public let type: ColumnType

  public init(name: String, type: ColumnType) {
    self.name = name
    self.type = type
  }
}

extension InputOperator: GraphOperator {
  static let kind = OperatorKind.input
  static let summary = "A raw column"

  func output(_ inputs: [PortType]) -> PortType? {
    inputs.isEmpty && type != .vector && !name.isEmpty ? .column(type) : nil
  }

  /// The run fills it from the rows at hand.
  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? { nil }

  func write(to writer: inout some OperatorWriter) {
    writer.text(name)
    writer.text(type.rawValue)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(name: try reader.text(), type: try reader.word(ColumnType.self))
  }
}

extension GraphBuilder {
  /// A raw column; asked again for the same one it is the same node.
  public mutating func input(_ name: String, _ type: ColumnType) -> ColumnPort {
    let field = Field(name, type)
    let node = inputs[field] ?? add(.input(InputOperator(name: name, type: type)), [], .column(type))
    inputs[field] = node
    return ColumnPort(node: node, type: type)
  }
}
