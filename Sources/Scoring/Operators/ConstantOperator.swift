/// The same outputs for every row of a vector.
public struct ConstantOperator: Sendable, Hashable {
  public let values: [Double]

  public init(_ values: [Double]) { self.values = values }
}

extension ConstantOperator: GraphOperator {
  static let kind = OperatorKind.constant
  static let summary = "The same numbers for every row"

  func output(_ inputs: [PortType]) -> PortType? { inputs.vectorWidth == nil ? nil : .vector(values.count) }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    ConstantKernel(node: wiring.node, values: values)
  }

  func write(to writer: inout some OperatorWriter) { writer.doubles(values) }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(try reader.doubles())
  }
}

extension GraphBuilder {
  public mutating func constant(_ port: VectorPort, _ values: [Double]) -> VectorPort {
    let node = add(.constant(ConstantOperator(values)), [port.node], .vector(values.count))
    return VectorPort(node: node, width: values.count)
  }
}

private final class ConstantKernel: OperatorKernel, OperatorWorker {
  let node: Int
  let values: [Double]

  init(node: Int, values: [Double]) {
    self.node = node
    self.values = values
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let out = registers.vectors[node]?.dense else { return }
    let values = values
    for row in 0..<rows {
      for place in values.indices { out[row * values.count + place] = values[place] }
    }
  }
}
