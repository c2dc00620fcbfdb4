import Expressions

/// One place of a vector as a float column (a regression's answer); what is not finite is missing.
public struct ElementOperator: Sendable, Hashable {
  public let place: Int

  public init(_ place: Int) { self.place = place }
}

extension ElementOperator: GraphOperator {
  static let kind = OperatorKind.element
  static let summary = "One place of a vector"

  func output(_ inputs: [PortType]) -> PortType? {
    guard let width = inputs.vectorWidth, (0..<width).contains(place) else { return nil }
    return .column(.float)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    let layout = compiler.layout(wiring.input)
    return ElementKernel(wiring, layout, layout.spot(place))
  }

  func write(to writer: inout some OperatorWriter) { writer.int(place) }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) { self.init(try reader.int()) }
}

extension GraphBuilder {
  public mutating func element(_ port: VectorPort, _ place: Int) -> ColumnPort {
    ColumnPort(node: add(.element(ElementOperator(place)), [port.node], .column(.float)), type: .float)
  }
}

private final class ElementKernel: OperatorKernel, OperatorWorker {
  let wiring: Wiring
  let layout: VectorLayout
  let spot: VectorLayout.Spot

  init(_ wiring: Wiring, _ layout: VectorLayout, _ spot: VectorLayout.Spot) {
    self.wiring = wiring
    self.layout = layout
    self.spot = spot
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input] else { return }
    let out = registers.columns + wiring.node
    out.pointee.isClean = true
    for row in 0..<rows {
      let value = layout.value(spot, row, of: x)
      out.pointee.floats[row] = value.isFinite ? value : 0
      if value.isFinite { continue }
      out.pointee.setMissing(row, of: rows)
      if value.isInfinite { registers.counts.notANumber += 1 }
    }
  }
}
