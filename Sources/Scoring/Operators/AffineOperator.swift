/// A vector with place i as `values[i] * scale[i] + offset[i]`.
public struct AffineOperator: Sendable, Hashable {
  public let scale: [Double]
  public let offset: [Double]

  public init(scale: [Double], offset: [Double]) {
    self.scale = scale
    self.offset = offset
  }
}

extension AffineOperator: GraphOperator {
  static let kind = OperatorKind.affine
  static let summary = "Each place scaled and shifted"

  func output(_ inputs: [PortType]) -> PortType? {
    scale.count == offset.count && inputs == [.vector(scale.count)] ? .vector(scale.count) : nil
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    let x = compiler.layout(wiring.input)
    compiler.lay(wiring.node, as: x.scaled(scale, offset))
    return AffineKernel(wiring: wiring, scale: x.dense(scale), offset: x.dense(offset))
  }

  func write(to writer: inout some OperatorWriter) {
    writer.doubles(scale)
    writer.doubles(offset)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(scale: try reader.doubles(), offset: try reader.doubles())
  }
}

extension GraphBuilder {
  public mutating func affine(_ port: VectorPort, scale: [Double], offset: [Double]) -> VectorPort {
    let op = AffineOperator(scale: scale, offset: offset)
    return VectorPort(node: add(.affine(op), [port.node], .vector(port.width)), width: port.width)
  }
}

extension VectorLayout {
  fileprivate func scaled(_ scale: [Double], _ offset: [Double]) -> VectorLayout {
    changed { run in
      let places = run.start..<run.start + run.width
      if run.values == nil, places.allSatisfy({ scale[$0] == 1 && offset[$0] == 0 }) { return nil }
      return Coded.Values(
        on: places.map { run.on($0 - run.start) * scale[$0] + offset[$0] },
        off: places.map { run.off($0 - run.start) * scale[$0] + offset[$0] })
    }
  }
}

private final class AffineKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  /// For the dense places.
  let scale: [Double]
  let offset: [Double]

  init(wiring: Wiring, scale: [Double], offset: [Double]) {
    self.wiring = wiring
    self.scale = scale
    self.offset = offset
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let vectors = registers.vectors
    guard let x = vectors[wiring.input]?.dense, let out = vectors[wiring.node]?.dense else { return }
    let (scale, offset) = (scale, offset)
    let width = scale.count
    for row in 0..<rows {
      for i in 0..<width { out[row * width + i] = x[row * width + i] * scale[i] + offset[i] }
    }
  }
}
