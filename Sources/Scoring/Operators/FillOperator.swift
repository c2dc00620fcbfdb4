/// A vector with each missing place filled by its value.
public struct FillOperator: Sendable, Hashable {
  public let values: [Double]

  public init(_ values: [Double]) { self.values = values }
}

extension FillOperator: GraphOperator {
  static let kind = OperatorKind.fill
  static let summary = "Missing places filled"

  func output(_ inputs: [PortType]) -> PortType? {
    inputs == [.vector(values.count)] ? .vector(values.count) : nil
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    let x = compiler.layout(wiring.input)
    compiler.lay(wiring.node, as: x.filled(values))
    return FillKernel(wiring: wiring, values: x.dense(values))
  }

  func write(to writer: inout some OperatorWriter) { writer.doubles(values) }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(try reader.doubles())
  }
}

extension GraphBuilder {
  public mutating func fill(_ port: VectorPort, _ values: [Double]) -> VectorPort {
    VectorPort(node: add(.fill(FillOperator(values)), [port.node], .vector(port.width)), width: port.width)
  }
}

extension VectorLayout {
  /// One-hot places that an `affine` made missing are filled too.
  fileprivate func filled(_ values: [Double]) -> VectorLayout {
    changed { run in
      guard let old = run.values else { return nil }
      func fill(_ places: [Double]) -> [Double] {
        places.enumerated().map { $1.isNaN ? values[run.start + $0] : $1 }
      }
      return Coded.Values(on: fill(old.on), off: fill(old.off))
    }
  }
}

private final class FillKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  /// For the dense places.
  let values: [Double]

  init(wiring: Wiring, values: [Double]) {
    self.wiring = wiring
    self.values = values
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let vectors = registers.vectors
    guard let x = vectors[wiring.input]?.dense, let out = vectors[wiring.node]?.dense else { return }
    let values = values
    let width = values.count
    for row in 0..<rows {
      for i in 0..<width {
        let value = x[row * width + i]
        out[row * width + i] = value.isNaN ? values[i] : value
      }
    }
  }
}
